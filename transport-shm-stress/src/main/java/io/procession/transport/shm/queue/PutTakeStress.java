package io.procession.transport.shm.queue;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.JJJ_Result;

/** One puts two items, another takes twice: each comes whole, once, in its order. */
@JCStressTest
@Outcome(
        id = {"0, 0, 34", "3, 0, 4", "0, 3, 4", "3, 4, 0"},
        expect = ACCEPTABLE,
        desc = "each once, in their order")
@Outcome(expect = FORBIDDEN, desc = "lost, torn, twice or overtaken")
@State
public class PutTakeStress {
    private final StressedQueue queue = new StressedQueue(Bound.NONE);

    /** Puts. */
    @Actor
    public void producer() {
        queue.put(1, 3);
        queue.put(1, 4);
    }

    /** Takes. */
    @Actor
    public void consumer(JJJ_Result result) {
        result.r1 = queue.take(2);
        result.r2 = queue.take(2);
    }

    /** What is left, as the digits of a number. */
    @Arbiter
    public void rest(JJJ_Result result) {
        for (long item = queue.take(3); item != 0; item = queue.take(3)) {
            result.r3 = 10 * result.r3 + item;
        }
    }
}
