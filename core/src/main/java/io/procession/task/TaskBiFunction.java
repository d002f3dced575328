package io.procession.task;

import java.io.Serializable;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A function of two arguments that can be run in another process.
 *
 * <p>A lambda or method reference of this type is serialisable, and so must be whatever it captures, takes and returns.
 *
 * @param <A> the type of the first argument
 * @param <B> the type of the second argument
 * @param <R> the type of the result
 */
@FunctionalInterface
public interface TaskBiFunction<A extends @Nullable Object, B extends @Nullable Object, R extends @Nullable Object>
        extends Serializable {
    /**
     * Computes the result for one pair of arguments.
     *
     * @param first the first argument, as it arrived in this process
     * @param second the second argument, as it arrived in this process
     * @return the result, which may be null and must be serialisable
     * @throws Exception whatever went wrong; it reaches the caller as its own type where it can travel
     */
    R apply(A first, B second) throws Exception;

    /**
     * The same function for pairs, to be given to any kind of map.
     *
     * @return a function that takes the key of an entry as the first argument and the value as the second
     */
    default TaskFunction<Map.Entry<? extends A, ? extends B>, R> spread() {
        return pair -> apply(pair.getKey(), pair.getValue());
    }
}
