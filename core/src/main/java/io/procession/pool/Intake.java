package io.procession.pool;

import io.procession.codec.SerializationException;
import io.procession.internal.codec.Codec;
import io.procession.internal.codec.Encoded;
import io.procession.internal.pool.TaskOperation;
import io.procession.task.Action;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** How single tasks get into a pool: each is encoded on the thread that brings it, and tied to the future that stands for it. */
final class Intake {
    private final Scheduler scheduler;
    private final TaskLimits limits;

    /** Null if any number may wait. */
    private final @Nullable Admission admission;

    Intake(Scheduler scheduler, PoolSettings settings) {
        this.scheduler = scheduler;
        this.limits = settings.taskLimits;
        this.admission = settings.maxQueued == 0 ? null : new Admission(settings, scheduler::size);
    }

    private Intake(Intake of, TaskLimits limits) {
        this.scheduler = of.scheduler;
        this.limits = limits;
        this.admission = of.admission;
    }

    /** The same with other limits for tasks. */
    Intake with(TaskLimits others) {
        return new Intake(this, others);
    }

    /** The pool takes no more: who waits for room is told. */
    void close() {
        if (admission != null) {
            admission.close();
        }
    }

    <R extends @Nullable Object> TaskFuture<R> call(Callable<R> code) {
        return new Submission<R>().send(TaskOperation.CALL, code);
    }

    TaskFuture<@Nullable Void> run(Runnable code) {
        return new Submission<@Nullable Void>().send(TaskOperation.RUN, code);
    }

    /** Runs code in a worker; the result stays here. */
    <R extends @Nullable Object> TaskFuture<R> run(Runnable code, R result) {
        Submission<R> submission = new Submission<>();
        submission.success = new Answer.Given(result);
        return submission.send(TaskOperation.RUN, code);
    }

    private Encoded encode(Object code) {
        Class<?> type = code.getClass();
        if (type.getModule()
                == Object.class.getModule()) { // FutureTask, what CompletableFuture.supplyAsync makes, Thread
            throw new SerializationException(
                    "",
                    "a " + type.getName()
                            + " completes something in this process, and a pool runs what it is given in another; "
                            + "give the task itself to the pool, as in pool.submit(() -> ...), whose result is a CompletableFuture",
                    null);
        }
        return Codec.standard().encode(code, scheduler.target()).detached();
    }

    /** One task and its future, of which cancelling the one ends the other. */
    private final class Submission<R extends @Nullable Object> implements PoolTask.Receiver, TaskFuture.Origin {
        private final TaskFuture<R> future = new TaskFuture<>(this);

        /** Null again when it is answered: whoever keeps the future does not keep the arguments. */
        private volatile @Nullable PoolTask task;

        /** What a success means, if it is not what the worker answers. */
        private @Nullable Answer success;

        TaskFuture<R> send(TaskOperation operation, Object code) {
            scheduler.requireOpen();
            PoolTask mine = new PoolTask(operation, encode(code), null, this);
            mine.source = code;
            mine.limits = limits;
            if (admission != null && !admission.enter()) {
                future.answeredHere(runHere(code));
                return future;
            }
            task = mine;
            boolean accepted = false;
            try {
                scheduler.submit(mine);
                accepted = true;
                return future;
            } finally {
                if (!accepted && admission != null) {
                    admission.leave();
                }
            }
        }

        private Answer runHere(Object code) {
            try {
                if (code instanceof Callable<?> callable) {
                    return new Answer.Given(callable.call());
                }
                if (code instanceof Action action) {
                    action.perform();
                } else {
                    ((Runnable) code).run();
                }
                return success == null ? new Answer.Given(null) : success;
            } catch (Throwable failure) {
                if (failure instanceof InterruptedException) {
                    Thread.currentThread().interrupt();
                }
                return new Answer.Lost(failure);
            }
        }

        @Override
        public void answered(Answer answer, long workNanos) {
            if (admission != null) {
                admission.leave();
            }
            task = null;
            Answer given = success;
            future.answered(given != null && answer instanceof Answer.Value ? given : answer, workNanos);
        }

        @Override
        public void cancelled(TaskFuture<?> cancelledFuture, boolean interrupt) {
            PoolTask mine = task;
            if (mine != null) {
                scheduler.cancel(mine, interrupt);
            }
        }

        @Override
        public @Nullable WorkerPort worker() {
            PoolTask mine = task;
            return mine == null ? null : scheduler.workerOnlyFor(mine);
        }
    }
}
