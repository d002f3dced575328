package io.procession.benchmarks.subjects;

import io.procession.benchmarks.harness.ScratchDirectory;
import java.io.IOException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.List;

/** Messages of one size one way over a Unix socket, one write each, with blocking channels. Arguments: bytes of a message, warm-ups, messages. */
public final class UnixFlood {
    private UnixFlood() {}

    /** Runs. */
    public static void main(String[] arguments) throws Exception {
        int bytes = Integer.parseInt(arguments[0]);
        int warmUps = Integer.parseInt(arguments[1]);
        int messages = Integer.parseInt(arguments[2]);
        try (ScratchDirectory scratch = ScratchDirectory.create("unix")) {
            Path path = scratch.path().resolve("socket");
            Process sender;
            try (ServerSocketChannel server = UnixSockets.listen(path)) {
                sender = Jvm.start(
                        List.of(),
                        Sender.class,
                        arguments[0],
                        Integer.toString(Ticks.toSend(bytes, warmUps, messages)),
                        path.toString());
                try (SocketChannel channel = server.accept()) {
                    TcpFlood.receive(channel, bytes, new Ticks(bytes, warmUps, messages));
                }
            }
            sender.waitFor();
        }
    }

    /** The other side. */
    static final class Sender {
        private Sender() {}

        public static void main(String[] arguments) throws IOException {
            try (SocketChannel channel = UnixSockets.connect(arguments[2])) {
                TcpFlood.send(channel, Integer.parseInt(arguments[0]), Integer.parseInt(arguments[1]));
            }
        }
    }
}
