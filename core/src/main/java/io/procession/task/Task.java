package io.procession.task;

import java.io.Serializable;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * Code with a result that can be run in another process.
 *
 * <p>A lambda or method reference of this type is serialisable, and so must be whatever it captures and what it returns.
 *
 * @param <R> the type of the result
 */
@FunctionalInterface
public interface Task<R extends @Nullable Object> extends Callable<R>, Serializable {
    /**
     * Computes the result.
     *
     * @return the result, which may be null and must be serialisable
     * @throws Exception whatever went wrong; it reaches the caller as its own type where it can travel
     */
    @Override
    R call() throws Exception;
}
