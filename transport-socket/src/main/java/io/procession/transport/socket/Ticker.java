package io.procession.transport.socket;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Comes for frames that gather, so that none waits long when no more follow. One thread for all links of the process, there while frames gather and a little longer. Neither the
 * thread of a link nor an event loop could do that: the one would read late, the other, which serves many, cannot sleep for less than a millisecond.
 */
final class Ticker {
    static final Ticker SHARED = new Ticker();

    /** Twice that, as a rule, since the kernel wakes sleepers late. About what it costs a frame to be handed to another thread. */
    private static final long TICK_NANOS = 50_000;

    private static final long LINGER_MILLIS = 100;

    private final List<FrameWriter> newcomers = new ArrayList<>(); // guarded by this
    private @Nullable Thread thread; // guarded by this

    private Ticker() {}

    /** Calls {@link FrameWriter#tick} from now on, until that returns false. */
    synchronized void add(FrameWriter writer) {
        newcomers.add(writer);
        if (thread != null) {
            notifyAll();
            return;
        }
        Thread started = SocketThreads.unstarted("all", "ticker", this::run);
        try {
            started.start();
            thread = started;
        } catch (Throwable noThread) {
            newcomers.remove(writer);
            throw noThread;
        }
    }

    private void run() {
        List<FrameWriter> gathering = new ArrayList<>();
        boolean wanted = true;
        while (wanted) {
            try {
                wanted = join(gathering);
                LockSupport.parkNanos(this, TICK_NANOS);
                gathering.removeIf(writer -> !writer.tick());
            } catch (Throwable noMemory) {
                LockSupport.parkNanos(this, TICK_NANOS); // all links count on this thread: it tries again
            }
        }
    }

    /** Takes who is new, and waits for somebody if there is nobody; false if nobody came. */
    private synchronized boolean join(List<FrameWriter> gathering) {
        if (gathering.isEmpty() && newcomers.isEmpty()) {
            awaitNewcomer();
        }
        gathering.addAll(newcomers);
        newcomers.clear();
        if (gathering.isEmpty()) {
            thread = null;
            return false;
        }
        return true;
    }

    private synchronized void awaitNewcomer() {
        long until = System.nanoTime() + LINGER_MILLIS * 1_000_000;
        long left = LINGER_MILLIS;
        try {
            while (newcomers.isEmpty() && left > 0) {
                wait(left);
                left = (until - System.nanoTime()) / 1_000_000;
            }
        } catch (InterruptedException e) {
            return; // nobody has a reason to; this thread may end, another will come
        }
    }
}
