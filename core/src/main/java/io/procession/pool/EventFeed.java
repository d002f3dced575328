package io.procession.pool;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * Hands events to a listener, one after the other, on a thread that lives while there are some. They are told in the order in which they were decided: each is put in
 * line under the lock of its pool, and handed on after that.
 */
final class EventFeed {
    private static final int MOST_WAITING = 1000;

    private final @Nullable PoolListener listener;
    private final Background background;
    private final Deque<PoolEvent> waiting = new ArrayDeque<>();
    private boolean handing;
    private long left;

    EventFeed(@Nullable PoolListener listener, Background background) {
        this.listener = listener;
        this.background = background;
    }

    /** Whether anybody listens; if not, there need be no events. */
    boolean isHeard() {
        return listener != null;
    }

    /** Under the lock. */
    void tell(PoolEvent event, Effects effects) {
        PoolListener hearing = listener;
        if (hearing == null) {
            return;
        }
        synchronized (waiting) {
            waiting.addLast(event);
            if (waiting.size() > MOST_WAITING) {
                waiting.removeFirst();
                left++;
            }
        }
        effects.add(() -> begin(hearing));
    }

    private void begin(PoolListener hearing) {
        synchronized (waiting) {
            if (handing || waiting.isEmpty()) {
                return;
            }
            handing = true;
        }
        try {
            background.execute(() -> hand(hearing));
        } catch (RuntimeException | Error noThread) {
            synchronized (waiting) {
                handing = false; // the next event tries again
            }
        }
    }

    private void hand(PoolListener to) {
        for (PoolEvent event = next(); event != null; event = next()) {
            try {
                to.on(event);
            } catch (Throwable e) {
                LoggerFactory.getLogger(PoolListener.class)
                        .error("the listener of pool {} failed at {}", event.pool(), event, e);
            }
        }
    }

    private @Nullable PoolEvent next() {
        long leftOut;
        PoolEvent event;
        synchronized (waiting) {
            leftOut = left;
            left = 0;
            event = waiting.pollFirst();
            handing = event != null;
        }
        if (leftOut > 0) {
            LoggerFactory.getLogger(PoolListener.class)
                    .warn("a pool's listener is too slow: {} events were left out", leftOut);
        }
        return event;
    }
}
