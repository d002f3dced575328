package io.procession.transport.socket;

import io.procession.transport.Availability;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.channels.UnsupportedAddressTypeException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The addresses that only processes of this host can reach. */
final class Loopback {
    /** Given as bytes: a name would be resolved, which costs time and could give another address. */
    static final InetAddress IPV4 = of(127, 0, 0, 1);

    static final InetAddress IPV6 = of(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1);

    private static final int BACKLOG = 1024;

    /** Which of the two has been reached from here. */
    private static volatile @Nullable InetAddress reached;

    private Loopback() {}

    /** Opens an ephemeral port that queues connections from this moment on. */
    static ServerSocketChannel listen() throws IOException {
        Exception failure = null;
        for (InetAddress address : List.of(IPV4, IPV6)) {
            try {
                return listen(address);
            } catch (IOException | UnsupportedAddressTypeException e) { // the latter: this JVM has no IPv6
                failure = failure == null ? e : failure;
            }
        }
        throw new IOException("no port on 127.0.0.1 or ::1 can be reached: " + failure, failure);
    }

    private static ServerSocketChannel listen(InetAddress address) throws IOException {
        if (!address.equals(reached)) {
            reach(address);
            reached = address;
        }
        return open(address);
    }

    /** An interface that is down lets a port be opened, and nobody reach it. */
    private static void reach(InetAddress address) throws IOException {
        try (ServerSocketChannel listener = open(address);
                SocketChannel client = SocketChannel.open()) {
            client.configureBlocking(false);
            client.connect(listener.getLocalAddress());
        }
    }

    private static ServerSocketChannel open(InetAddress address) throws IOException {
        ServerSocketChannel socket = ServerSocketChannel.open();
        try {
            return socket.bind(new InetSocketAddress(address, 0), BACKLOG);
        } catch (Throwable t) {
            socket.close();
            throw t;
        }
    }

    static Availability availability() {
        if (reached != null) {
            return Availability.available();
        }
        try {
            listen().close();
            return Availability.available();
        } catch (IOException e) {
            return Availability.refused(e.getMessage()
                    + "; bring the loopback interface up (ip link set lo up) or use the transport pipe or shm");
        }
    }

    private static InetAddress of(int... values) {
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            bytes[i] = (byte) values[i];
        }
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException wrongLength) {
            throw new AssertionError(wrongLength);
        }
    }
}
