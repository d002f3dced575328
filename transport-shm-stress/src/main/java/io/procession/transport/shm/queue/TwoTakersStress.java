package io.procession.transport.shm.queue;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.JJI_Result;

/** Two take from two items: each gets one, and no cell is lost. */
@JCStressTest
@Outcome(
        id = {"3, 4, 3", "4, 3, 3"},
        expect = ACCEPTABLE,
        desc = "one each, and all cells but the head are free")
@Outcome(expect = FORBIDDEN, desc = "the same, none, or a cell is lost")
@State
public class TwoTakersStress {
    private final StressedQueue queue = new StressedQueue(Bound.NONE);

    /** Two are there. */
    public TwoTakersStress() {
        queue.put(3, 3);
        queue.put(3, 4);
    }

    /** Takes. */
    @Actor
    public void one(JJI_Result result) {
        result.r1 = queue.take(1);
    }

    /** Takes. */
    @Actor
    public void other(JJI_Result result) {
        result.r2 = queue.take(2);
    }

    /** Counts the cells. */
    @Arbiter
    public void cells(JJI_Result result) {
        result.r3 = queue.allocateAll();
    }
}
