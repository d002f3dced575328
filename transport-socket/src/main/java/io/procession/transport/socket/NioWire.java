package io.procession.transport.socket;

import io.procession.transport.guest.ReadingTurn;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A socket served by a thread of its own, in plain Java. The channel does not block: so callers may write to it on their own threads, and their interrupts do
 * not close it; and a thread that waits for a frame may read in the place of that thread, for a moment.
 */
final class NioWire implements HostedWire {
    /** Reads in a row, before what was sent meanwhile has its turn. */
    private static final int READS_IN_A_ROW = 16;

    private final SocketChannel channel;
    private final Selector selector;
    private final SelectionKey key;
    private final FrameReader reader;
    private final SocketLink link;
    private final Thread thread;
    private final ReadingTurn turn = new ReadingTurn();
    /** Who serves the link at the moment: that thread, or a guest. */
    private volatile Thread servedBy;
    /** To be told that the thread has ended; null where this process connected. */
    private final @Nullable HostedLinks host;

    // Of who has the turn.
    private boolean reading = true;
    private boolean writing;
    private boolean lingering;
    private long lingerUntil;

    /** A connected channel that does not block, with its selector; both belong to this from now on. */
    NioWire(SocketChannel channel, Selector selector, SelectionKey key, FrameReader reader, String site) {
        this(channel, selector, key, reader, site, null);
    }

    private NioWire(
            SocketChannel channel,
            Selector selector,
            SelectionKey key,
            FrameReader reader,
            String site,
            @Nullable HostedLinks host) {
        this.channel = channel;
        this.selector = selector;
        this.key = key;
        this.reader = reader;
        this.host = host;
        this.link = new SocketLink(this, reader);
        this.thread = SocketThreads.unstarted(site, host == null ? "link" : "hosted", new Serving());
        this.servedBy = thread;
    }

    /** For a connection that was let in and does not block; it stays the caller's if this fails. */
    static NioWire hosted(SocketChannel connection, FrameReader reader, String site, HostedLinks host)
            throws IOException {
        Selector selector = Selector.open();
        boolean made = false;
        try {
            SelectionKey key = connection.register(selector, SelectionKey.OP_READ);
            NioWire wire = new NioWire(connection, selector, key, reader, site, host);
            made = true;
            return wire;
        } finally {
            if (!made) {
                selector.close();
            }
        }
    }

    @Override
    public SocketLink link() {
        return link;
    }

    /** Begins to serve the link. */
    void start() {
        thread.start();
    }

    @Override
    public void begin(byte[] greeting) {
        link.start(greeting);
        try {
            start();
        } catch (Throwable noThread) {
            link.fail(noThread);
            finish(); // as that thread would, and here
        }
    }

    @Override
    public void discard() {
        link.discard();
        finish();
    }

    private final class Serving implements Runnable {
        @Override
        public void run() {
            serve();
        }
    }

    private void serve() {
        try {
            link.serve();
            while (selector.isOpen() && channel.isOpen()) {
                await();
                if (key.isReadable()) {
                    readAvailable();
                }
                if (key.isWritable() && writing) {
                    writing = false;
                    link.writer().resume();
                }
                link.serve();
            }
        } catch (IOException | CancelledKeyException | ClosedSelectorException closed) {
            // From another thread; what follows is the same.
        } catch (Throwable t) {
            link.fail(t);
        }
        finish();
    }

    private void finish() {
        link.writer().close(); // before the other side meets the end and reads what was left
        close();
        closeSelector();
        if (host != null) {
            host.giveBackThread(); // before somebody is told who opens the next link then
        }
        link.close(); // nobody is left to wait behind a pause
        link.ended();
    }

    private void await() throws IOException {
        if (reading && !writing && !lingering && turn.offer()) {
            return;
        }
        int wanted = (reading ? SelectionKey.OP_READ : 0) | (writing ? SelectionKey.OP_WRITE : 0);
        if (key.interestOps() != wanted) {
            key.interestOps(wanted);
        }
        if (lingering) {
            long leftMillis = (lingerUntil - System.nanoTime()) / 1_000_000;
            selector.select(Math.max(1, leftMillis));
        } else {
            selector.select();
        }
        selector.selectedKeys().clear();
        // Nobody has a reason to interrupt this thread, and with the mark of it no select would wait any more.
        Thread.interrupted();
    }

    private void readAvailable() {
        try {
            for (int reads = 0; reading && reads < READS_IN_A_ROW; reads++) {
                ByteBuffer room = reader.room();
                int wanted = room.remaining();
                int read = channel.read(room);
                if (read < 0) {
                    link.ended();
                    return;
                }
                reader.added(read);
                link.received();
                if (read < wanted) {
                    return;
                }
            }
        } catch (IOException gone) {
            link.ended();
        }
    }

    @Override
    public boolean receiveHere(BooleanSupplier arrived, long nanos) {
        if (!turn.enter()) {
            return false;
        }
        servedBy = Thread.currentThread();
        boolean came = false;
        try {
            came = receive(arrived, nanos);
        } catch (Throwable t) {
            link.fail(t);
        } finally {
            servedBy = thread;
            turn.leave(!came || writing || link.isClosed());
        }
        return came;
    }

    @SuppressWarnings(
            "ThreadPriorityCheck") // the kernel likes to put who was woken behind who wakes him: there he would wait
    // for the spinning to end
    private boolean receive(BooleanSupplier arrived, long nanos) {
        long begun = System.nanoTime();
        do {
            boolean alone = readHere();
            if (arrived.getAsBoolean()) {
                return true;
            }
            if (!alone) {
                return false;
            }
            Thread.yield();
        } while (System.nanoTime() - begun < nanos);
        return false;
    }

    /** Reads once, for a guest; false if the thread of the link has to go on, which also meets the end for itself. */
    private boolean readHere() {
        try {
            int read = channel.read(reader.room());
            if (read > 0) {
                reader.added(read);
                return !link.receivedHere();
            }
            return read == 0 && !link.isClosed();
        } catch (IOException gone) {
            return false;
        }
    }

    @Override
    public void expectAnswer() {
        turn.recall();
    }

    @Override
    public boolean isHere() {
        return Thread.currentThread() == servedBy;
    }

    @Override
    public void wake() {
        selector.wakeup();
        turn.recall();
    }

    @Override
    public int put(ByteBuffer segment) throws IOException {
        return channel.write(segment);
    }

    @Override
    public long put(ByteBuffer[] segments, int offset, int count) throws IOException {
        return channel.write(segments, offset, count);
    }

    @Override
    public void putLater(Batch batch) {
        writing = true;
    }

    @Override
    public void reading(boolean wanted) {
        reading = wanted;
    }

    @Override
    public void endOutput() {
        try {
            channel.shutdownOutput();
        } catch (IOException gone) {
            return; // which is what was wanted
        }
    }

    @Override
    public void serveAfter(long nanos) {
        lingering = true;
        lingerUntil = System.nanoTime() + nanos;
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            // It is gone all the same.
        }
        selector.wakeup();
    }

    private void closeSelector() {
        try {
            selector.close();
        } catch (IOException e) {
            // As above.
        }
    }
}
