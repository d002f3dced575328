package io.procession.benchmarks.subjects;

import java.io.EOFException;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;

/** Bytes there and back over standard input and output of a child, with plain streams: what everybody has. Arguments: bytes, warm-ups, round trips. */
public final class StdioPingPong {
    private StdioPingPong() {}

    /** Runs. */
    public static void main(String[] arguments) throws Exception {
        Process echo = Jvm.startConnected(List.of(), Echo.class, arguments[0]);
        byte[] message = new byte[Integer.parseInt(arguments[0])];
        try (OutputStream output = echo.getOutputStream();
                InputStream input = echo.getInputStream()) {
            Repeated.measure(Integer.parseInt(arguments[1]), Integer.parseInt(arguments[2]), () -> {
                output.write(message);
                output.flush();
                if (input.readNBytes(message, 0, message.length) < message.length) {
                    throw new EOFException("the other side has ended");
                }
            });
        }
        echo.waitFor();
    }

    /** The other side. */
    static final class Echo {
        private Echo() {}

        public static void main(String[] arguments) throws IOException {
            byte[] message = new byte[Integer.parseInt(arguments[0])];
            try (InputStream input = new FileInputStream(FileDescriptor.in);
                    OutputStream output = new FileOutputStream(FileDescriptor.out)) {
                while (input.readNBytes(message, 0, message.length) == message.length) {
                    output.write(message);
                }
            }
        }
    }
}
