package io.procession.process;

import io.procession.internal.family.Family;
import io.procession.internal.family.ProcessIdentity;

/** A process as its relatives see it: {@link Process#current()} and {@link Process#parent()}. Immutable, safe for all threads. */
public final class ProcessInfo {
    private final ProcessIdentity identity;
    private final boolean daemon;
    private final int generation;

    ProcessInfo(ProcessIdentity identity, boolean daemon, int generation) {
        this.identity = identity;
        this.daemon = daemon;
        this.generation = generation;
    }

    /**
     * Its name.
     *
     * @return what its builder was given; {@code main} for a program that was not started by this library
     */
    public String name() {
        return identity.name();
    }

    /**
     * Its number in the operating system.
     *
     * @return the pid
     */
    public long pid() {
        return identity.pid();
    }

    /**
     * Whether its parent ends without waiting for it.
     *
     * @return false for a program that was not started by this library
     */
    public boolean isDaemon() {
        return daemon;
    }

    /**
     * How many parents it has.
     *
     * @return 0 for a program that was not started by this library, 1 for its children, and so on
     */
    public int generation() {
        return generation;
    }

    /**
     * Whether it runs. A process ends within a second of its parent, so one that asks for its parent will rarely see false. Asks a lock that
     * the kernel holds for the process, so a reused pid cannot deceive it.
     *
     * @return whether the process lives
     */
    public boolean isAlive() {
        return Family.current().isAlive(identity.incarnation());
    }

    @Override
    public String toString() {
        return identity.toString();
    }
}
