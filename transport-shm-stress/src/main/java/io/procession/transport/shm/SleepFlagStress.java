package io.procession.transport.shm;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.procession.transport.shm.memory.Words;
import java.nio.ByteBuffer;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZ_Result;

/** A reader goes to sleep while a writer publishes: it must not sleep unnoticed with something in the ring. */
@JCStressTest
@Outcome(id = "true, false", expect = ACCEPTABLE, desc = "the reader saw the frame and stayed awake")
@Outcome(id = "false, true", expect = ACCEPTABLE, desc = "the reader sleeps, and the writer rings")
@Outcome(id = "true, true", expect = ACCEPTABLE, desc = "one ring too many")
@Outcome(id = "false, false", expect = FORBIDDEN, desc = "the reader sleeps on a frame")
@State
public class SleepFlagStress {
    private static final int TAIL_AT = 0;

    private final ByteBuffer memory = ByteBuffer.allocateDirect(512);
    private final SleepFlag flag = new SleepFlag(memory, 128);

    /** The reader. */
    @Actor
    public void sleeper(ZZ_Result result) {
        flag.announce();
        result.r1 = Words.getAcquire(memory, TAIL_AT) != 0;
    }

    /** The writer. */
    @Actor
    public void waker(ZZ_Result result) {
        Words.setRelease(memory, TAIL_AT, 8);
        result.r2 = flag.mustRing();
    }
}
