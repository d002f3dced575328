package io.procession.benchmarks.subjects;

import io.procession.benchmarks.harness.ScratchDirectory;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.List;

/** Bytes there and back over a Unix socket between two JVMs, with blocking channels. Arguments: bytes, warm-ups, round trips. */
public final class UnixPingPong {
    private UnixPingPong() {}

    /** Runs. */
    public static void main(String[] arguments) throws Exception {
        try (ScratchDirectory scratch = ScratchDirectory.create("unix")) {
            Path path = scratch.path().resolve("socket");
            Process echo;
            try (ServerSocketChannel server = UnixSockets.listen(path)) {
                echo = Jvm.start(List.of(), Echo.class, path.toString(), arguments[0]);
                try (SocketChannel channel = server.accept()) {
                    ByteBuffer message = ByteBuffer.allocateDirect(Integer.parseInt(arguments[0]));
                    Repeated.measure(Integer.parseInt(arguments[1]), Integer.parseInt(arguments[2]), () -> {
                        TcpPingPong.writeFully(channel, message.clear());
                        if (!TcpPingPong.readFully(channel, message.clear())) {
                            throw new EOFException("the other side has ended");
                        }
                    });
                }
            }
            echo.waitFor();
        }
    }

    /** The other side. */
    static final class Echo {
        private Echo() {}

        public static void main(String[] arguments) throws IOException {
            try (SocketChannel channel = UnixSockets.connect(arguments[0])) {
                TcpPingPong.echo(channel, Integer.parseInt(arguments[1]));
            }
        }
    }
}
