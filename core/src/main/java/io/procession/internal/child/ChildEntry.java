package io.procession.internal.child;

import java.nio.ByteBuffer;

/** What a child of this library's own runs, such as the worker of a pool. Has a no-argument constructor, which need not be public. */
public interface ChildEntry {
    /**
     * Runs on the main thread of the child. The child exits when this has returned and no other thread holds it.
     *
     * @param payload what the parent gave it
     * @throws Exception whatever went wrong: the trace goes to stderr, the exit code is 1
     */
    void run(ByteBuffer payload) throws Exception;
}
