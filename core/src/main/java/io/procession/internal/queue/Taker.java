package io.procession.internal.queue;

import java.util.concurrent.locks.Condition;
import org.jspecify.annotations.Nullable;

/** A thread that waits for items of another process's queue. Guarded by the lock of {@link Takers}. */
final class Taker {
    private final Condition woken;
    private @Nullable Delivery delivery;
    private boolean nothing;
    private boolean gone;

    Taker(Condition woken) {
        this.woken = woken;
    }

    void give(Delivery given) {
        delivery = given;
        woken.signal();
    }

    void giveNothing() {
        nothing = true;
        woken.signal();
    }

    void wake() {
        woken.signal();
    }

    void leave() {
        gone = true;
    }

    @Nullable
    Delivery delivery() {
        return delivery;
    }

    boolean isAnswered() {
        return nothing || delivery != null;
    }

    boolean isGone() {
        return gone;
    }

    Condition woken() {
        return woken;
    }
}
