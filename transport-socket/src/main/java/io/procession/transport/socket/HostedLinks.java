package io.procession.transport.socket;

import java.io.IOException;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/**
 * Sees to it that the links of one listener are served. The first have a thread each, in plain Java, as they have it on the other side. Only who holds many at once needs a few threads that serve
 * all of them, and only he loads Netty, which costs a JVM more time than all else that it does to start. A thread that is free again serves the next link.
 */
final class HostedLinks {
    private final String site;
    private final int most;
    private int threads; // guarded by this
    private @Nullable EventLoops loops; // guarded by this
    private boolean closed; // guarded by this

    /**
     * For one listener.
     *
     * @param most how many links may have a thread of their own at once
     */
    HostedLinks(String site, int most) {
        this.site = site;
        this.most = most;
    }

    /** Finds somebody to serve a connection that does not block. The connection stays the caller's if that fails. */
    HostedWire serve(SocketChannel connection, FrameReader reader) throws IOException {
        if (takeThread()) {
            boolean served = false;
            try {
                HostedWire wire = NioWire.hosted(connection, reader, site, this);
                served = true;
                return wire;
            } catch (IOException noDescriptors) {
                // A link of Netty's needs fewer.
            } finally {
                if (!served) {
                    giveBackThread();
                }
            }
        }
        return NettyWire.hosted(connection, reader, loops());
    }

    private synchronized boolean takeThread() {
        if (threads == most) {
            return false;
        }
        threads++;
        return true;
    }

    /** A link that had a thread has ended. */
    synchronized void giveBackThread() {
        threads--;
    }

    private synchronized EventLoops loops() throws IOException {
        if (closed) {
            throw new IOException("the listener has closed");
        }
        EventLoops made = loops;
        if (made == null) {
            NettyLogs.prepare();
            made = new EventLoops(site);
            loops = made;
        }
        return made;
    }

    /** No more links; those that are served live on. */
    synchronized void close() {
        closed = true;
        if (loops != null) {
            loops.leave();
        }
    }
}
