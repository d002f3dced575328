package io.procession.task;

import java.io.Serializable;

/**
 * Code without a result that can be run in another process.
 *
 * <p>A lambda or method reference of this type is serialisable, and so must be whatever it captures. It runs on the main
 * thread of a process or on the task thread of a pool's worker.
 */
@FunctionalInterface
public interface Action extends Serializable {
    /**
     * Runs the code.
     *
     * @throws Exception whatever went wrong; where it goes is said by the method that took this action
     */
    void run() throws Exception;
}
