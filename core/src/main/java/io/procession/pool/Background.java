package io.procession.pool;

import java.time.Duration;

/** The clock and the threads of a pool. A test puts others in their place, so that every order of events can be had again. */
interface Background {
    /** What is done so much too late says that this process was stopped meanwhile, by {@code SIGSTOP} or Ctrl-Z, perhaps with all its children. */
    long LATE_NANOS = 1_000_000_000;

    /** As {@link System#nanoTime()}. */
    long nanoTime();

    /** Does something short later. */
    void later(Duration delay, Runnable action);

    /** Does something that may take a while, soon, on a thread of no importance. */
    void execute(Runnable action);
}
