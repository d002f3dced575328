package io.procession.queue;

import io.procession.internal.family.Settings;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Where the items of a {@link Queue} lie. Unless somebody says otherwise: in shared memory where the transport offers that, else with the owner. */
public enum QueuePlacement {
    /** With the process that owns the queue: others send to it and ask it, and it must run for that. Over every transport. */
    HOSTED,

    /**
     * In memory that all processes of the family share, and on which each of them works by itself: a process that is stopped, the owner included, holds up nobody who does not need it, and a put or take without
     * anybody asleep costs no system call. Over the transport {@code shm}, where processes that sleep can be woken (there is the program {@code mkfifo}).
     * At most 1023 processes use one such queue at the same time; the next is refused with a text that says so. A {@link JoinableQueue} is never shared: its owner counts what is done.
     *
     * <p>What differs from a hosted queue: who comes by when there is an item, or room, gets it, also before those who wait, in his process or another. Processes that wait are woken by turns;
     * threads of one process that wait are served in the order in which they began to, and all its {@link Queue#takeAsync() takeAsync} together stand in that row as one thread.
     * Items do not count against the heap of the owner but against the file system in memory, and where that is full against that of the family's private directory: a put for which there is no room in either fails with an {@link java.io.UncheckedIOException}. Items of more than
     * 472 bytes when encoded go through memory of the process that puts them, which is used again, and very large ones through a file each.
     */
    SHARED;

    /** What the system property {@code procession.queue.placement} says: {@code hosted} or {@code shared}; null if nothing. */
    static @Nullable QueuePlacement configured() {
        String text = Settings.text("queue.placement");
        if (text == null) {
            return null;
        }
        for (QueuePlacement each : values()) {
            if (each.name().toLowerCase(Locale.ROOT).equals(text)) {
                return each;
            }
        }
        throw new IllegalArgumentException(
                "the system property procession.queue.placement must be shared or hosted, but is '" + text + "'");
    }
}
