package io.procession.transport.socket;

import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/** Who has connected and not yet proved who he is, oldest first. Safe for all threads. */
final class Strangers {
    private final int most;
    private final ArrayDeque<Reception> waiting = new ArrayDeque<>();

    Strangers(int most) {
        this.most = most;
    }

    /** One more; gives out the one who has to go for it, if there is no room. */
    synchronized @Nullable Reception add(Reception stranger) {
        waiting.add(stranger);
        return waiting.size() > most ? waiting.remove() : null;
    }

    synchronized void remove(Reception stranger) {
        waiting.remove(stranger);
    }

    synchronized Reception[] all() {
        return waiting.toArray(Reception[]::new);
    }
}
