package io.procession.benchmarks.subjects;

import org.agrona.concurrent.BackoffIdleStrategy;
import org.agrona.concurrent.BusySpinIdleStrategy;
import org.agrona.concurrent.IdleStrategy;

/** How the peers that poll wait, by name: {@code spin} burns a core on each side, {@code back-off} is Agrona's default, which sleeps up to a millisecond at last. */
final class Idle {
    private Idle() {}

    static IdleStrategy named(String name) {
        return switch (name) {
            case "spin" -> BusySpinIdleStrategy.INSTANCE;
            case "back-off" -> new BackoffIdleStrategy();
            default -> throw new IllegalArgumentException("no way to wait named " + name);
        };
    }
}
