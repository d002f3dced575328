package io.procession.pool;

import static java.util.Objects.requireNonNull;

import io.procession.internal.connection.Deadline;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Several tasks at once, and how long to wait for which of them. However a call ends, none of its tasks is left running for nobody. */
final class BulkCalls {
    private final Intake intake;

    BulkCalls(Intake intake) {
        this.intake = intake;
    }

    /** The results of all, in order; the first failure that is seen ends the others. */
    <R extends @Nullable Object> List<R> results(Collection<? extends Callable<? extends R>> tasks)
            throws InterruptedException {
        List<CompletableFuture<R>> futures = submit(tasks);
        try {
            for (CompletableFuture<R> done : Futures.waitFirstFailure(futures).done()) {
                if (done.isCompletedExceptionally()) {
                    throw TaskFailures.rethrow(TaskFailures.of(done));
                }
            }
            List<R> results = new ArrayList<>(futures.size());
            futures.forEach(future -> results.add(future.join()));
            return java.util.Collections.unmodifiableList(results);
        } finally {
            cancel(futures);
        }
    }

    /** All futures, completed: those that are not in time are cancelled. */
    <R extends @Nullable Object> List<Future<R>> all(Collection<? extends Callable<R>> tasks, Deadline deadline)
            throws InterruptedException {
        List<CompletableFuture<R>> futures = submit(tasks);
        try {
            Futures.waitAll(futures, deadline.left());
            return List.copyOf(futures);
        } finally {
            cancel(futures);
        }
    }

    /** The first result there is. */
    <R extends @Nullable Object> R any(Collection<? extends Callable<R>> tasks, Deadline deadline)
            throws InterruptedException, ExecutionException, TimeoutException {
        if (requireNonNull(tasks, "tasks").isEmpty()) {
            throw new IllegalArgumentException("invokeAny needs at least one task");
        }
        List<CompletableFuture<R>> futures = submit(tasks);
        try (Results<CompletableFuture<R>> completed = Futures.asCompleted(futures)) {
            while (true) {
                CompletableFuture<R> first = completed.next(deadline.left());
                if (!first.isCompletedExceptionally()) {
                    return first.join();
                }
                if (!completed.hasNext()) {
                    throw new ExecutionException(
                            "none of " + futures.size() + " tasks succeeded; the last failed with",
                            TaskFailures.of(first));
                }
            }
        } finally {
            cancel(futures);
        }
    }

    private <R extends @Nullable Object> List<CompletableFuture<R>> submit(
            Collection<? extends Callable<? extends R>> tasks) {
        List<CompletableFuture<R>> futures =
                new ArrayList<>(requireNonNull(tasks, "tasks").size());
        boolean all = false;
        try {
            for (Callable<? extends R> task : tasks) {
                @SuppressWarnings("unchecked")
                Callable<R> typed = (Callable<R>) requireNonNull(task, "a task");
                futures.add(intake.call(typed));
            }
            all = true;
            return futures;
        } finally {
            if (!all) {
                cancel(futures);
            }
        }
    }

    private static void cancel(List<? extends CompletableFuture<?>> futures) {
        futures.forEach(future -> future.cancel(true)); // does nothing to those that are done
    }
}
