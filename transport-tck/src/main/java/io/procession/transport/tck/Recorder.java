package io.procession.transport.tck;

import io.procession.transport.Link;
import io.procession.transport.LinkHandler;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * A handler that remembers what a link told, and whether it told it as it should: for tests of a transport's own. The link's thread writes; all threads
 * may read.
 */
public class Recorder implements LinkHandler {
    private final LinkedBlockingQueue<ByteBuffer> frames = new LinkedBlockingQueue<>();
    private final AtomicLong received = new AtomicLong();
    private final AtomicLong written = new AtomicLong();
    private final AtomicInteger ends = new AtomicInteger();
    private final CompletableFuture<@Nullable Throwable> closed = new CompletableFuture<>();
    private final List<String> defects = new CopyOnWriteArrayList<>();
    private final AtomicInteger inside = new AtomicInteger();

    /** One that was told nothing yet. */
    public Recorder() {}

    /**
     * What came.
     *
     * @return copies of the frames that nobody has taken from here
     */
    public LinkedBlockingQueue<ByteBuffer> frames() {
        return frames;
    }

    /**
     * How much came.
     *
     * @return the number of frames
     */
    public long received() {
        return received.get();
    }

    /**
     * How far this side was told that its frames are written.
     *
     * @return the last position
     */
    public long written() {
        return written.get();
    }

    /**
     * The end of the link.
     *
     * @return completes with its cause, or with null after an orderly end
     */
    public CompletableFuture<@Nullable Throwable> closed() {
        return closed;
    }

    /**
     * What the link did that no link may do.
     *
     * @return the defects in words; none in a sound transport
     */
    public List<String> defects() {
        return defects;
    }

    @Override
    public void onFrame(Link link, ByteBuffer frame) {
        enter();
        frames.add(ByteBuffer.allocate(frame.remaining()).put(frame).flip());
        received.incrementAndGet();
        leave();
    }

    @Override
    public void onWritten(Link link, long position) {
        enter();
        if (written.getAndSet(position) > position) {
            defects.add("written went back to " + position);
        }
        leave();
    }

    @Override
    public void onClosed(Link link, @Nullable Throwable cause) {
        enter();
        if (ends.incrementAndGet() != 1) {
            defects.add("ended twice");
        }
        closed.complete(cause);
        leave();
    }

    private void enter() {
        if (inside.incrementAndGet() != 1) {
            defects.add("two threads at once");
        }
        if (ends.get() > 0) {
            defects.add("called after the end");
        }
    }

    private void leave() {
        inside.decrementAndGet();
    }
}
