package io.procession.transport.shm.queue;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.JJ_Result;

/** Two recover one who died with an item, while a third takes. */
@JCStressTest
@Outcome(
        id = {"0, 3", "3, 0"},
        expect = ACCEPTABLE,
        desc = "it comes once")
@Outcome(expect = FORBIDDEN, desc = "lost or twice")
@State
public class ReturnStress {
    private final StressedQueue queue = new StressedQueue(Bound.NONE);
    private final Claim left;

    /** The dead one had claimed it. */
    public ReturnStress() {
        queue.put(1, 3);
        Claim claim = queue.claim(1);
        if (claim == null) {
            throw new IllegalStateException("nothing there");
        }
        left = claim;
    }

    /** Recovers. */
    @Actor
    public void one() {
        queue.claims.giveBack(left);
    }

    /** Recovers. */
    @Actor
    public void other() {
        queue.claims.giveBack(left);
    }

    /** Takes. */
    @Actor
    public void taker(JJ_Result result) {
        result.r1 = queue.take(2);
    }

    /** What is left. */
    @Arbiter
    public void rest(JJ_Result result) {
        result.r2 = queue.take(3);
    }
}
