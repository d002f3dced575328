package io.procession.transport.shm;

import io.procession.transport.shm.memory.Words;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;

/**
 * One word by which a side says that it sleeps on its doorbell until the other has moved something: the reader until there are frames, the writer until
 * there is room. As in Dekker's algorithm each side first writes its own word, then looks at the other's, with a full fence between the two:
 *
 * <pre>
 *   sleeper                          waker
 *   flag = 1                         tail (or head) = ...
 *   fence                            fence
 *   tail moved? then stay awake      flag 1? then whoever sets it to 0 rings
 * </pre>
 *
 * <p>Both cannot miss each other, and one sleep costs one ring at most, however many wakers there are.
 */
final class SleepFlag {
    private final ByteBuffer memory;
    private final int at;

    SleepFlag(ByteBuffer memory, int at) {
        this.memory = memory;
        this.at = at;
    }

    /** For the sleeper, before it looks a last time at what it waits for. */
    void announce() {
        Words.setIntRelease(memory, at, 1);
        // SYNC: pairs with the fence in mustRing. One of the two sides sees what the other wrote before its fence.
        VarHandle.fullFence();
    }

    /** For the sleeper, when it is awake: spares the waker the ring. */
    void withdraw() {
        // SYNC: none is needed. Who still sees 1 rings once too often.
        Words.setIntRelease(memory, at, 0);
    }

    /** For the waker, after it has moved its word: whether the sleeper sleeps and it is this caller who has to ring. */
    boolean mustRing() {
        // SYNC: pairs with the fence in announce.
        VarHandle.fullFence();
        return Words.getIntAcquire(memory, at) != 0 && Words.compareAndSetInt(memory, at, 1, 0);
    }
}
