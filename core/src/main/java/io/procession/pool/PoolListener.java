package io.procession.pool;

/** Is told what happens to a pool; see {@link PoolBuilder#listener}. */
@FunctionalInterface
public interface PoolListener {
    /**
     * Something happened. Called by one thread at a time, in the order of the events, on a thread that has nothing else to do: it may block, and what it
     * throws is logged and does no harm. If it is so slow that more than a thousand events wait for it, the oldest are left out, and the log says so.
     *
     * @param event what happened; see the kinds of {@link PoolEvent}
     */
    void on(PoolEvent event);
}
