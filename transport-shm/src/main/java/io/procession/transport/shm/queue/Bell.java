package io.procession.transport.shm.queue;

import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** Wakes one thread of this process. A ring that comes before the sleep is not lost; one too many costs a look. */
final class Bell {
    private volatile boolean rung;
    private volatile @Nullable Thread sleeper;

    /** For any thread. */
    void ring() {
        rung = true;
        LockSupport.unpark(sleeper);
    }

    /** For the one who sleeps, before it announces that it does. */
    void clear() {
        rung = false;
    }

    /** Sleeps until a ring, or for that long, or until an interrupt, which stays; whether there was a ring. */
    boolean await(long nanos) {
        sleeper = Thread.currentThread();
        long end = System.nanoTime() + nanos;
        for (long left = nanos;
                !rung && left > 0 && !Thread.currentThread().isInterrupted();
                left = end - System.nanoTime()) {
            LockSupport.parkNanos(this, left);
        }
        sleeper = null;
        return rung;
    }
}
