package io.procession.transport.shm;

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

/** Remembers what a link told, and whether it told it as it should. */
final class Recorder implements LinkHandler {
    final LinkedBlockingQueue<ByteBuffer> frames = new LinkedBlockingQueue<>();
    final AtomicLong received = new AtomicLong();
    final AtomicLong writtenTold = new AtomicLong();
    final AtomicInteger ends = new AtomicInteger();
    final CompletableFuture<@Nullable Throwable> closed = new CompletableFuture<>();
    final List<String> defects = new CopyOnWriteArrayList<>();
    private final AtomicInteger inside = new AtomicInteger();

    @Override
    public void onFrame(Link link, ByteBuffer frame) {
        enter();
        frames.add(ByteBuffer.allocate(frame.remaining()).put(frame.duplicate()).flip());
        received.incrementAndGet();
        leave();
    }

    @Override
    public void onWritten(Link link, long position) {
        enter();
        if (writtenTold.getAndSet(position) > position) {
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
