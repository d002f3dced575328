package io.procession.transport.socket;

import io.procession.transport.LinkAcceptor;
import io.procession.transport.LinkListener;
import io.procession.transport.TransportAddress;
import io.procession.transport.TransportSite;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import org.jspecify.annotations.Nullable;

/**
 * A port and a folder for passes. The port takes connections from the first moment on, since the kernel queues them; Netty, which takes a fifth of a second to load
 * in a JVM that has not used it, comes to them on a thread of its own, most often while the first child is still starting.
 */
final class SocketListener implements LinkListener {
    private final ServerSocketChannel socket;
    private final PassFolder folder;
    private final Refusals refusals;
    private final TransportAddress address;
    private @Nullable Doorway doorway; // guarded by this
    private boolean closed; // guarded by this

    private SocketListener(ServerSocketChannel socket, PassFolder folder, Refusals refusals) throws IOException {
        this.socket = socket;
        this.folder = folder;
        this.refusals = refusals;
        InetSocketAddress bound = (InetSocketAddress) socket.getLocalAddress();
        this.address = new Endpoint(bound.getAddress(), bound.getPort(), folder.name()).address();
    }

    static SocketListener open(TransportSite site, LinkAcceptor acceptor, Limits limits, Refusals refusals)
            throws IOException {
        PassFolder folder = PassFolder.create(site);
        ServerSocketChannel socket = null;
        boolean open = false;
        try {
            socket = Loopback.listen();
            SocketListener listener = new SocketListener(socket, folder, refusals);
            SocketThreads.unstarted(site.name(), "start", () -> listener.start(site.name(), acceptor, limits))
                    .start();
            open = true;
            return listener;
        } finally {
            if (!open) {
                folder.delete();
                if (socket != null) {
                    socket.close();
                }
            }
        }
    }

    private void start(String site, LinkAcceptor acceptor, Limits limits) {
        try {
            NettyLogs.prepare();
            Doorway made = new Doorway(address, site, acceptor, folder, limits, refusals, socket);
            synchronized (this) {
                if (!closed) {
                    doorway = made;
                    made.open();
                }
            }
        } catch (Throwable t) {
            boolean expected;
            synchronized (this) {
                expected = closed;
            }
            if (!expected) {
                refusals.tell(address, "anybody", "it cannot be listened to: " + t);
                close();
            }
        }
    }

    @Override
    public TransportAddress address() {
        return address;
    }

    @Override
    public void close() {
        Doorway open;
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
            open = doorway;
        }
        if (open != null) {
            open.close();
        } else {
            closeSocket();
        }
        folder.delete();
    }

    private void closeSocket() {
        try {
            socket.close();
        } catch (IOException e) {
            // It is gone all the same, and held nothing back.
        }
    }
}
