package io.procession.transport.shm;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import java.nio.ByteBuffer;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZ_Result;

/** Two callers have sent while the reader slept: one of them rings, and only one. */
@JCStressTest
@Outcome(
        id = {"true, false", "false, true"},
        expect = ACCEPTABLE,
        desc = "one rings")
@Outcome(expect = FORBIDDEN, desc = "none rings, or both")
@State
public class TwoWakersStress {
    private final SleepFlag flag = new SleepFlag(ByteBuffer.allocateDirect(512), 128);

    /** The reader slept before both. */
    public TwoWakersStress() {
        flag.announce();
    }

    /** One caller. */
    @Actor
    public void one(ZZ_Result result) {
        result.r1 = flag.mustRing();
    }

    /** The other. */
    @Actor
    public void other(ZZ_Result result) {
        result.r2 = flag.mustRing();
    }
}
