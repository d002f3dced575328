package io.procession.transport.socket;

import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/** Who has connected and not yet proved who he is, oldest first. For the thread of the door. */
final class Strangers {
    private final int most;
    private final ArrayDeque<Reception> waiting = new ArrayDeque<>();

    Strangers(int most) {
        this.most = most;
    }

    /** One more; gives out the one who has to go for it, if there is no room. */
    @Nullable
    Reception add(Reception stranger) {
        waiting.add(stranger);
        return waiting.size() > most ? waiting.element() : null;
    }

    void remove(Reception stranger) {
        waiting.remove(stranger);
    }

    Reception[] all() {
        return waiting.toArray(new Reception[0]);
    }

    /** How long the oldest may still take, and so any of them; for ever if there is none. */
    long nanosLeft(long now) {
        Reception oldest = waiting.peek();
        return oldest == null ? Long.MAX_VALUE : oldest.nanosLeft(now);
    }

    /** Somebody who has taken too long; null if nobody has. */
    @Nullable
    Reception late(long now) {
        Reception oldest = waiting.peek();
        return oldest != null && oldest.nanosLeft(now) <= 0 ? oldest : null;
    }
}
