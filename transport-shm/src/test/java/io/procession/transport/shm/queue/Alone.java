package io.procession.transport.shm.queue;

import java.util.Arrays;

/** An actor that goes on from where it is, on a memory that nobody else touches any more. */
final class Alone implements QueueMemory, Liveness {
    /** More steps than any call can need while all others stand still. */
    private static final int MANY_STEPS = 400;

    private final QueueMemory memory;
    private final int dead;
    private final long[] answers;
    private int step;

    Alone(QueueMemory memory, int dead, long[] answers) {
        this.memory = memory;
        this.dead = dead;
        this.answers = answers;
    }

    @Override
    public long get(int cell, int offset) {
        return answered() ? answers[step - 1] : memory.get(cell, offset);
    }

    @Override
    public void set(int cell, int offset, long value) {
        if (!answered()) {
            memory.set(cell, offset, value);
        }
    }

    @Override
    public boolean compareAndSet(int cell, int offset, long expected, long value) {
        return answered() ? answers[step - 1] == 1 : memory.compareAndSet(cell, offset, expected, value);
    }

    @Override
    public boolean isAlive(long incarnation) {
        return answered() ? answers[step - 1] == 1 : (dead >> (int) incarnation & 1) == 0;
    }

    @Override
    public int cells() {
        return memory.cells();
    }

    private boolean answered() {
        if (++step - answers.length > MANY_STEPS) {
            throw new AssertionError(
                    "cannot finish while others stand still; the answers before: " + Arrays.toString(answers));
        }
        return step <= answers.length;
    }
}
