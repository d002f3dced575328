package io.procession.benchmarks.subjects;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.List;

/** Messages of one size one way over loopback TCP, one write each, with blocking channels. Arguments: bytes of a message, warm-ups, messages. */
public final class TcpFlood {
    private static final int READ_BYTES = 64 * 1024;

    private TcpFlood() {}

    /** Runs. */
    public static void main(String[] arguments) throws Exception {
        int bytes = Integer.parseInt(arguments[0]);
        int warmUps = Integer.parseInt(arguments[1]);
        int messages = Integer.parseInt(arguments[2]);
        Process sender;
        try (ServerSocketChannel server = TcpPingPong.listen()) {
            sender = Jvm.start(
                    List.of(),
                    Sender.class,
                    arguments[0],
                    Integer.toString(Ticks.toSend(bytes, warmUps, messages)),
                    TcpPingPong.port(server));
            try (SocketChannel channel = server.accept()) {
                receive(channel, bytes, new Ticks(bytes, warmUps, messages));
            }
        }
        sender.waitFor();
    }

    static void receive(SocketChannel channel, int bytes, Ticks ticks) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocateDirect(READ_BYTES);
        int part = 0;
        while (channel.read(buffer.clear()) >= 0) {
            for (part += buffer.position(); part >= bytes; part -= bytes) {
                if (ticks.tick()) {
                    return;
                }
            }
        }
    }

    static void send(SocketChannel channel, int bytes, int count) throws IOException {
        ByteBuffer message = ByteBuffer.allocateDirect(bytes);
        for (int left = count; left > 0; left--) {
            TcpPingPong.writeFully(channel, message.clear());
        }
    }

    /** The other side. */
    static final class Sender {
        private Sender() {}

        public static void main(String[] arguments) throws IOException {
            try (SocketChannel channel = TcpPingPong.connect(arguments[2])) {
                send(channel, Integer.parseInt(arguments[0]), Integer.parseInt(arguments[1]));
            }
        }
    }
}
