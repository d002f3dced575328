package io.procession.process;

/** Whom a signal to a process reaches. */
public enum Reach {
    /** The process alone. The children it has started with this library end with it all the same, others do not. */
    PROCESS,
    /**
     * The process and all its descendants, as far as the operating system knows them at that moment, whether this library started
     * them or not.
     */
    WITH_DESCENDANTS
}
