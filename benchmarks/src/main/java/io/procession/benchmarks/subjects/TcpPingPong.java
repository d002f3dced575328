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
 * Bytes there and back over loopback TCP between two JVMs, with blocking channels: as little as Java can do on this channel. Arguments: bytes, warm-ups, round
 * trips.
 */
public final class TcpPingPong {
    private TcpPingPong() {}

    /** Runs. */
    public static void main(String[] arguments) throws Exception {
        Process echo;
        try (ServerSocketChannel server = listen()) {
            echo = Jvm.start(List.of(), Echo.class, port(server), arguments[0]);
            try (SocketChannel channel = server.accept()) {
                channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
                ByteBuffer message = ByteBuffer.allocateDirect(Integer.parseInt(arguments[0]));
                Repeated.measure(Integer.parseInt(arguments[1]), Integer.parseInt(arguments[2]), () -> {
                    writeFully(channel, message.clear());
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

    /** Sends back what comes until the other side ends. */
    static void echo(SocketChannel channel, int bytes) throws IOException {
        ByteBuffer message = ByteBuffer.allocateDirect(bytes);
        while (readFully(channel, message.clear())) {
            writeFully(channel, message.flip());
        }
    }

    static void writeFully(SocketChannel channel, ByteBuffer message) throws IOException {
        while (message.hasRemaining()) {
            channel.write(message);
        }
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
                echo(channel, Integer.parseInt(arguments[1]));
            }
        }
    }
}
