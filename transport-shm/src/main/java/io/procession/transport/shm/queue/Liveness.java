package io.procession.transport.shm.queue;

/** Tells the living from the dead, and never takes one of the living for dead: a process that was declared dead must not be able to write any more. */
interface Liveness {
    /**
     * Whether a process has not ended.
     *
     * @param incarnation which, positive
     */
    boolean isAlive(long incarnation);
}
