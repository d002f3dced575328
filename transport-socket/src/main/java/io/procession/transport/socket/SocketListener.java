package io.procession.transport.socket;

import io.procession.transport.LinkAcceptor;
import io.procession.transport.LinkListener;
import io.procession.transport.TransportAddress;
import io.procession.transport.TransportSite;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;

/** A port, a folder for passes, and the door behind them. */
final class SocketListener implements LinkListener {
    private final TransportAddress address;
    private final PassFolder folder;
    private final Doorway doorway;

    private SocketListener(
            TransportSite site,
            LinkAcceptor acceptor,
            Limits limits,
            Refusals refusals,
            PassFolder folder,
            ServerSocketChannel socket)
            throws IOException {
        InetSocketAddress bound = (InetSocketAddress) socket.getLocalAddress();
        this.address = new Endpoint(bound.getAddress(), bound.getPort(), folder.name()).address();
        this.folder = folder;
        this.doorway = new Doorway(address, site.name(), acceptor, folder, limits, refusals, socket);
    }

    static SocketListener open(TransportSite site, LinkAcceptor acceptor, Limits limits, Refusals refusals)
            throws IOException {
        PassFolder folder = PassFolder.create(site);
        ServerSocketChannel socket = null;
        boolean open = false;
        try {
            socket = Loopback.listen();
            SocketListener listener = new SocketListener(site, acceptor, limits, refusals, folder, socket);
            listener.doorway.open();
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

    @Override
    public TransportAddress address() {
        return address;
    }

    @Override
    public void close() {
        doorway.close();
        folder.delete();
    }
}
