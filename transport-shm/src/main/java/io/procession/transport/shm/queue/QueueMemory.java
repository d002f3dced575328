package io.procession.transport.shm.queue;

/**
 * The words of a queue, as its algorithm sees them. A word is named by the number of a cell, or {@link #HEADER}, and its offset there. Safe for all threads.
 *
 * <p>Memory is only ever added, never taken away: a cell that was there once can be read for ever, whatever it has become since.
 */
interface QueueMemory {
    /** The place of the words that are not of a cell. */
    int HEADER = -1;

    /** Reads a word; no later read of this thread comes before it, and it sees what was written before the value that it finds. */
    long get(int cell, int offset);

    /** Writes a word of a cell that this process owns; others see it not later than what this thread changes by {@link #compareAndSet} afterwards. */
    void set(int cell, int offset, long value);

    /** Changes a word if it has a value: one indivisible step in one order for all processes. */
    boolean compareAndSet(int cell, int offset, long expected, long value);

    /** How many cells there are at least; they are numbered from 0. */
    int cells();
}
