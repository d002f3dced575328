package io.procession.pool;

import static java.util.Objects.requireNonNull;

import io.procession.internal.pool.StateOfWorker;

/**
 * What the initializer of a pool has made in this worker: a connection, a model, a cache that its tasks share. It never leaves the worker, so it need not be
 * serialisable.
 *
 * <pre>{@code
 * Pool pool = Pool.builder().initializer(() -> Model.load(path)).build();
 * pool.map(text -> WorkerState.get(Model.class).classify(text), texts);
 * }</pre>
 *
 * <p>For tasks and the finalizer, on any thread of the worker. Tasks run one at a time, so only threads that tasks start share it.
 */
public final class WorkerState {
    private WorkerState() {}

    /**
     * The state of the worker that runs this.
     *
     * @param type its type, or one it extends
     * @param <S> its type
     * @return what the initializer returned
     * @throws IllegalStateException if this is no worker of a pool with an initializer, or the initializer returned null or something else; the text
     *     says which
     */
    public static <S> S get(Class<S> type) {
        requireNonNull(type, "type");
        if (!StateOfWorker.isPresent()) {
            throw new IllegalStateException(
                    "this process (pid " + ProcessHandle.current().pid()
                            + ") is not a worker of a pool with an initializer; WorkerState is for its tasks, see PoolBuilder.initializer");
        }
        Object state = StateOfWorker.get();
        if (!type.isInstance(state)) {
            throw new IllegalStateException("the initializer of this pool returned "
                    + (state == null ? "null" : "a " + state.getClass().getName()) + ", not a " + type.getName());
        }
        return type.cast(state);
    }
}
