package io.procession.transport.shm.queue;

import java.util.ArrayList;
import java.util.List;

/**
 * What an actor of the {@link Explorer} sees in one call: the answers that it had so far, step by step, and then a stop at the first step that has no answer yet. Running a call again on the same answers brings it to
 * the same place, so a place in a call is nothing but a list of answers.
 */
final class Replay implements QueueMemory, Liveness {
    /** Leaves the call at a step. */
    static final class Suspended extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Suspended() {
            super(null, null, false, false);
        }
    }

    /** What a step does. */
    enum Kind {
        GET,
        SET,
        CAS,
        ALIVE
    }

    private static final Suspended SUSPENDED = new Suspended();

    private final int cells;
    private final long[] answers;
    private int step;

    /** What the call has noted by the time of its next step. */
    final List<String> notes = new ArrayList<>();

    private Kind kind = Kind.GET;
    private int cell;
    private int offset;
    private long first;
    private long second;

    Replay(int cells, long[] answers) {
        this.cells = cells;
        this.answers = answers;
    }

    boolean writes() {
        return kind == Kind.SET || kind == Kind.CAS;
    }

    /** Does the step that the call stands at. */
    long perform(QueueMemory memory, int dead) {
        return switch (kind) {
            case GET -> memory.get(cell, offset);
            case SET -> {
                memory.set(cell, offset, first);
                yield 0;
            }
            case CAS -> memory.compareAndSet(cell, offset, first, second) ? 1 : 0;
            case ALIVE -> (dead >> (int) first & 1) == 0 ? 1 : 0;
        };
    }

    @Override
    public long get(int cell, int offset) {
        return step(Kind.GET, cell, offset, 0, 0);
    }

    @Override
    public void set(int cell, int offset, long value) {
        step(Kind.SET, cell, offset, value, 0);
    }

    @Override
    public boolean compareAndSet(int cell, int offset, long expected, long value) {
        return step(Kind.CAS, cell, offset, expected, value) == 1;
    }

    @Override
    public boolean isAlive(long incarnation) {
        return step(Kind.ALIVE, 0, 0, incarnation, 0) == 1;
    }

    @Override
    public int cells() {
        return cells;
    }

    private long step(Kind kind, int cell, int offset, long first, long second) {
        if (step < answers.length) {
            return answers[step++];
        }
        this.kind = kind;
        this.cell = cell;
        this.offset = offset;
        this.first = first;
        this.second = second;
        throw next();
    }

    /** For who goes on behind the answers. */
    Suspended next() {
        return SUSPENDED;
    }
}
