package io.procession.internal.child;

import io.procession.internal.family.Family;
import java.io.File;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.security.MessageDigest;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** The parent's end of the control plane: one Unix-domain socket and one thread for all children. */
final class ControlServer {
    private static final int BACKLOG = 1024;
    private static final long PAUSE_NANOS = 20_000_000;
    private static final long REFRESH_MILLIS = TimeUnit.HOURS.toMillis(6);

    private final File file;
    private final ServerSocketChannel server;
    private final Selector selector;
    private final Family family;
    private final Map<Long, ControlChannel> expected;
    private long refreshed = System.nanoTime(); // of the thread

    /**
     * Listens.
     *
     * @param expected who may come, by incarnation; changed by other threads
     * @throws IOException if it cannot listen; nothing is left
     */
    ControlServer(File file, Family family, Map<Long, ControlChannel> expected) throws IOException {
        this.file = file;
        this.family = family;
        this.expected = expected;
        selector = Selector.open();
        try {
            server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        } catch (Throwable noDescriptor) {
            selector.close();
            throw noDescriptor;
        }
        try {
            server.bind(UnixDomainSocketAddress.of(file.getPath()), BACKLOG);
            server.configureBlocking(false).register(selector, SelectionKey.OP_ACCEPT);
        } catch (Throwable refused) {
            close();
            throw refused;
        }
    }

    /** Ends {@link #serve}. From any thread. */
    void close() {
        try {
            server.close();
            file.delete();
            for (SelectionKey key : selector.keys()) {
                key.channel().close();
            }
            selector.close(); // ends the thread
        } catch (IOException | ClosedSelectorException closedAlready) {
            // nothing is left to do
        }
    }

    /** Serves those who come, until it is closed. */
    void serve() {
        while (true) {
            try {
                selector.select(this::ready, REFRESH_MILLIS);
                refresh();
            } catch (ClosedSelectorException | IOException closed) {
                return; // The last child has ended, or this process exits.
            } catch (RuntimeException | Error noMemory) {
                LockSupport.parkNanos(PAUSE_NANOS); // the children that live are served when there is some again
            }
        }
    }

    /** There may be children for weeks that nothing is said to: this thread keeps what they share from looking abandoned. */
    private void refresh() {
        long now = System.nanoTime();
        if (now - refreshed >= TimeUnit.MILLISECONDS.toNanos(REFRESH_MILLIS)) {
            refreshed = now;
            family.refresh();
        }
    }

    private void ready(SelectionKey key) {
        try {
            if (key.isAcceptable()) {
                accept();
            } else if (key.attachment() instanceof Greeting greeting) {
                greet(key, greeting);
            } else {
                converse(key, (ControlChannel) key.attachment());
            }
        } catch (java.nio.channels.CancelledKeyException | IOException broken) {
            drop(key);
        }
    }

    /** A child that cannot be let in now, because this process has too many files open, stays in the queue until it can. */
    private void accept() throws IOException {
        SocketChannel accepted;
        try {
            accepted = server.accept();
        } catch (ClosedChannelException closed) {
            throw closed;
        } catch (IOException noMoreDescriptors) {
            LockSupport.parkNanos(PAUSE_NANOS); // or the selector would spin
            return;
        }
        if (accepted != null) {
            try {
                accepted.configureBlocking(false).register(selector, SelectionKey.OP_READ, new Greeting());
            } catch (Throwable t) {
                accepted.close();
                throw t;
            }
        }
    }

    private void greet(SelectionKey key, Greeting greeting) throws IOException {
        if (((SocketChannel) key.channel()).read(greeting.bytes) < 0) {
            drop(key);
        } else if (!greeting.bytes.hasRemaining()) {
            byte[] token = new byte[Bootstrap.TOKEN_BYTES];
            greeting.bytes.flip().get(token);
            ControlChannel channel = expected.get(greeting.bytes.getLong());
            if (channel == null || !MessageDigest.isEqual(token, channel.token)) {
                drop(key);
            } else {
                key.attach(channel);
                channel.connected(key);
            }
        }
    }

    private static void converse(SelectionKey key, ControlChannel channel) throws IOException {
        if (key.isReadable() && ((SocketChannel) key.channel()).read(ByteBuffer.allocate(64)) < 0) {
            drop(key); // the child has ended, or is about to; java.lang.Process tells when
        } else if (key.isWritable()) {
            channel.write(key);
        }
    }

    private static void drop(SelectionKey key) {
        key.cancel();
        try {
            key.channel().close();
        } catch (IOException closedAlready) {
            // nothing is left to do
        }
    }

    /** A connection that has not yet proved who it is: nothing beyond this one bounded message is read from it. */
    private static final class Greeting {
        final ByteBuffer bytes = ByteBuffer.allocate(ControlMessage.HELLO_BYTES);
    }
}
