package io.procession.benchmarks.subjects;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.List;

/**
 * Eight bytes there and back over loopback TCP between two JVMs, with blocking channels: as little as Java can do on this channel. Arguments: warm-ups, round
 * trips.
 */
public final class TcpPingPong {
    private static final int MESSAGE_BYTES = 8;

    private TcpPingPong() {}

    /** Runs. */
    public static void main(String[] arguments) throws Exception {
        Process echo;
        try (ServerSocketChannel server = listen()) {
            echo = Jvm.start(List.of(), Echo.class, port(server));
            try (SocketChannel channel = server.accept()) {
                channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
                ByteBuffer message = ByteBuffer.allocateDirect(MESSAGE_BYTES);
                Repeated.measure(Integer.parseInt(arguments[0]), Integer.parseInt(arguments[1]), () -> {
                    channel.write(message.clear());
                    if (!readFully(channel, message.clear())) {
                        throw new EOFException("the other side has ended");
                    }
                });
            }
        }
        echo.waitFor();
    }

    static ServerSocketChannel listen() throws IOException {
        return ServerSocketChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    }

    static String port(ServerSocketChannel server) {
        return Integer.toString(server.socket().getLocalPort());
    }

    static SocketChannel connect(String port) throws IOException {
        SocketChannel channel =
                SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(port)));
        return channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    }

    static boolean readFully(SocketChannel channel, ByteBuffer message) throws IOException {
        while (message.hasRemaining()) {
            if (channel.read(message) < 0) {
                return false;
            }
        }
        return true;
    }

    /** The other side. */
    static final class Echo {
        private Echo() {}

        public static void main(String[] arguments) throws IOException {
            try (SocketChannel channel = connect(arguments[0])) {
                ByteBuffer message = ByteBuffer.allocateDirect(MESSAGE_BYTES);
                while (readFully(channel, message.clear())) {
                    channel.write(message.flip());
                }
            }
        }
    }
}
