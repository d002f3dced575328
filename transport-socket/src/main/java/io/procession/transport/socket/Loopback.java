package io.procession.transport.socket;

import io.procession.transport.Availability;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.channels.ServerSocketChannel;
import java.util.List;

/** The addresses that only processes of this host can reach. */
final class Loopback {
    /** Given as bytes: a name would be resolved, which costs time and could give another address. */
    static final InetAddress IPV4 = of(127, 0, 0, 1);

    static final InetAddress IPV6 = of(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1);

    private static final int BACKLOG = 1024;

    private static volatile boolean worked;

    private Loopback() {}

    /** Opens an ephemeral port that queues connections from this moment on. */
    static ServerSocketChannel listen() throws IOException {
        IOException failure = null;
        for (InetAddress address : List.of(IPV4, IPV6)) {
            ServerSocketChannel socket = ServerSocketChannel.open();
            try {
                return socket.bind(new InetSocketAddress(address, 0), BACKLOG);
            } catch (IOException e) {
                socket.close();
                failure = failure == null ? e : failure;
            }
        }
        throw new IOException("no port can be opened on 127.0.0.1 or ::1: " + failure, failure);
    }

    static Availability availability() {
        if (worked) {
            return Availability.available();
        }
        try {
            listen().close();
            worked = true;
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
