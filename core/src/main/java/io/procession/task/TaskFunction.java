package io.procession.task;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * A function of one argument that can be run in another process.
 *
 * <p>A lambda or method reference of this type is serialisable, and so must be whatever it captures, takes and returns.
 *
 * @param <T> the type of the argument
 * @param <R> the type of the result
 */
@FunctionalInterface
public interface TaskFunction<T extends @Nullable Object, R extends @Nullable Object> extends Serializable {
    /**
     * Computes the result for one argument.
     *
     * @param argument the argument, as it arrived in this process
     * @return the result, which may be null and must be serialisable
     * @throws Exception whatever went wrong; it reaches the caller as its own type where it can travel
     */
    R apply(T argument) throws Exception;
}
