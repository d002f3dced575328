package io.procession.pool;

import io.procession.internal.connection.Deadline;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** The time of a whole map. It is forgotten when the map has ended before: of maps that end quickly there may be very many, whose time is long. */
final class MapTimer {
    private final CompletableFuture<Boolean> over = new CompletableFuture<>();

    private MapTimer() {}

    /**
     * Begins to wait.
     *
     * @param late called once by any thread, unless it was stopped before; must not block
     */
    @SuppressWarnings("FutureReturnValueIgnored") // it is told, or was stopped
    static MapTimer begin(Deadline deadline, Runnable late) {
        MapTimer timer = new MapTimer();
        timer.over.thenRun(late);
        timer.over.completeOnTimeout(true, Math.max(0, deadline.leftNanos()), TimeUnit.NANOSECONDS);
        return timer;
    }

    /** Whoever has been told by now has been told; nobody will be. */
    void stop() {
        over.cancel(false);
    }
}
