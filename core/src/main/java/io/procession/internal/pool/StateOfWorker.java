package io.procession.internal.pool;

import org.jspecify.annotations.Nullable;

/** What the initializer of this worker has made. There is one worker in a process at most, so it is seen by all its threads. */
public final class StateOfWorker {
    /** Whether an initializer has run here. */
    private static volatile boolean present;

    private static volatile @Nullable Object value;

    private StateOfWorker() {}

    static void set(@Nullable Object made) {
        value = made;
        present = true;
    }

    /** Whether this process is a worker whose initializer has run. */
    public static boolean isPresent() {
        return present;
    }

    /** What it made. */
    public static @Nullable Object get() {
        return value;
    }
}
