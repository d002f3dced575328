package com.example.transport.unix;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** Frames that wait to be written. Adding never blocks: how much may wait is decided above the transport, which looks at {@code written()}. */
final class Outbox {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Deque<ByteBuffer[]> frames = new ArrayDeque<>(); // guarded by lock, as is what follows
    private long added;
    private boolean closed;

    /** Takes a frame; its position. One that comes too late gets a position, too, and is dropped. */
    long add(ByteBuffer... parts) {
        lock.lock();
        try {
            if (!closed) {
                // The sender's own positions stay as they are.
                frames.add(Arrays.stream(parts).map(ByteBuffer::duplicate).toArray(ByteBuffer[]::new));
                changed.signal();
            }
            return ++added;
        } finally {
            lock.unlock();
        }
    }

    /** The next frame, as soon as there is one; null when there will be none. Not interruptible: its thread is ours. */
    ByteBuffer @Nullable [] take() {
        lock.lock();
        try {
            while (frames.isEmpty() && !closed) {
                changed.awaitUninterruptibly();
            }
            return frames.poll();
        } finally {
            lock.unlock();
        }
    }

    /** Drops what waits. */
    void close() {
        lock.lock();
        try {
            closed = true;
            frames.clear();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
