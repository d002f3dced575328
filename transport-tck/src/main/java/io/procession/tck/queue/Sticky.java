package io.procession.tck.queue;

import java.util.concurrent.locks.LockSupport;

/**
 * An item that a process can be made to stick to while it decodes it: between its delivery and the return of {@code take}.
 *
 * @param number which
 */
public record Sticky(int number) {
    private static volatile boolean sticks;

    /** Sticks, in a process that was told so. */
    public Sticky {
        while (sticks) {
            LockSupport.park();
        }
    }

    static void stick() {
        sticks = true;
    }
}
