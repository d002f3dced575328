package io.procession.task;

import java.io.Serializable;
import java.util.concurrent.CompletionException;

/**
 * Code without a result that can be run in another process.
 *
 * <p>A lambda or method reference of this type is serialisable, and so must be whatever it captures. It runs on the main
 * thread of a process or on the task thread of a pool's worker.
 *
 * <p>It is a {@link Runnable} as well, so that a lambda given to a method that takes either becomes an {@code Action}: the compiler prefers the more
 * special of two types that are related, and refuses to choose between others.
 */
@FunctionalInterface
public interface Action extends Runnable, Serializable {
    /**
     * Does what is to be done.
     *
     * @throws Exception whatever went wrong; where it goes is said by the method that took this action
     */
    void perform() throws Exception;

    /**
     * {@linkplain #perform() Performs} it in this process, on this thread.
     *
     * @throws CompletionException if it threw a checked exception, which is the cause
     */
    @Override
    @SuppressWarnings("FunctionalInterfaceMethodChanged") // on purpose: see the type
    default void run() {
        try {
            perform();
        } catch (RuntimeException unchecked) {
            throw unchecked;
        } catch (Exception checked) {
            if (checked instanceof InterruptedException) {
                Thread.currentThread().interrupt();
            }
            throw new CompletionException(checked);
        }
    }
}
