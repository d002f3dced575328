package io.procession.pool;

import java.util.ArrayList;
import java.util.List;

/**
 * What the scheduler has decided under its lock and does when it has released it, in this order: sending, launching, answering. One that fails
 * does not keep the others from being done. Used by one thread.
 */
final class Effects {
    private final List<Runnable> actions = new ArrayList<>(4);

    void add(Runnable action) {
        actions.add(action);
    }

    void run() {
        Throwable first = null;
        for (Runnable action : actions) {
            try {
                action.run();
            } catch (RuntimeException | Error e) {
                if (first == null) {
                    first = e;
                } else {
                    first.addSuppressed(e);
                }
            }
        }
        if (first instanceof RuntimeException e) {
            throw e;
        }
        if (first instanceof Error e) {
            throw e;
        }
    }
}
