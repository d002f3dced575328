package io.procession.pool;

import io.procession.internal.child.Keeper;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Keeps the program alive while its pool has unfinished tasks. Taking and giving back the hold starts and ends a thread, which would cost more than a
 * short task; so it is given back only when the pool has been idle for {@value #LINGER_MILLIS} ms, or at once when the pool closes.
 */
final class ProgramHold {
    private static final long LINGER_MILLIS = 50;

    // All guarded by this.
    private boolean busy;
    private boolean held;
    private boolean checking;
    private boolean closed;
    private long idleSince;

    synchronized void busy() {
        busy = true;
        if (!held && !closed) {
            held = true;
            Keeper.hold();
        }
    }

    synchronized void idle() {
        busy = false;
        idleSince = System.nanoTime();
        if (held && !checking) {
            checking = true;
            checkLater();
        }
    }

    private void checkLater() {
        Chores.BACKGROUND.later(Duration.ofMillis(LINGER_MILLIS), this::check);
    }

    private synchronized void check() {
        if (held && !busy && System.nanoTime() - idleSince >= TimeUnit.MILLISECONDS.toNanos(LINGER_MILLIS)) {
            release();
        }
        checking = held && !busy;
        if (checking) {
            checkLater();
        }
    }

    synchronized void close() {
        closed = true;
        if (held) {
            release();
        }
    }

    private void release() {
        held = false;
        Keeper.release();
    }
}
