package io.procession.benchmarks.subjects;

import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Bytes there and back through two FIFOs between two JVMs, with plain streams: as little as Java can do on this channel. Arguments:
 * bytes, warm-ups, round trips.
 */
public final class FifoPingPong {
    private FifoPingPong() {}

    /** Runs. */
    public static void main(String[] arguments) throws Exception {
        Path directory = Files.createTempDirectory("fifo");
        Path there = directory.resolve("there");
        Path back = directory.resolve("back");
        new ProcessBuilder("mkfifo", there.toString(), back.toString())
                .inheritIO()
                .start()
                .waitFor();
        Process echo = Jvm.start(List.of(), Echo.class, there.toString(), back.toString(), arguments[0]);
        try (OutputStream output = new FileOutputStream(there.toFile());
                InputStream input = new FileInputStream(back.toFile())) {
            byte[] message = new byte[Integer.parseInt(arguments[0])];
            Repeated.measure(Integer.parseInt(arguments[1]), Integer.parseInt(arguments[2]), () -> {
                output.write(message);
                readFully(input, message);
            });
        } finally {
            Files.delete(there);
            Files.delete(back);
            Files.delete(directory);
        }
        echo.waitFor();
    }

    private static boolean readFully(InputStream input, byte[] message) throws IOException {
        return input.readNBytes(message, 0, message.length) == message.length;
    }

    /** The other side. */
    static final class Echo {
        private Echo() {}

        public static void main(String[] arguments) throws IOException {
            try (InputStream input = new FileInputStream(arguments[0]);
                    OutputStream output = new FileOutputStream(arguments[1])) {
                byte[] message = new byte[Integer.parseInt(arguments[2])];
                while (readFully(input, message)) {
                    output.write(message);
                }
            }
        }
    }
}
