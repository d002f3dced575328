package io.procession.transport.shm.queue;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZJ_Result;

/** Two put into a queue with one place. */
@JCStressTest
@Outcome(
        id = {"true, false, 1", "false, true, 1"},
        expect = ACCEPTABLE,
        desc = "one of them has it")
@Outcome(expect = FORBIDDEN, desc = "both, or none")
@State
public class BoundStress {
    private final StressedQueue queue = new StressedQueue(new Bound(1, Long.MAX_VALUE));

    /** Puts. */
    @Actor
    public void one(ZZJ_Result result) {
        result.r1 = queue.put(1, 3);
    }

    /** Puts. */
    @Actor
    public void other(ZZJ_Result result) {
        result.r2 = queue.put(2, 4);
    }

    /** What is in it. */
    @Arbiter
    public void size(ZZJ_Result result) {
        result.r3 = queue.size();
    }
}
