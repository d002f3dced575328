package io.procession.pool;

import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** What is thrown to a caller for whom something failed elsewhere. */
final class TaskFailures {
    private TaskFailures() {}

    /** Unchecked exceptions and errors as they are; a checked one in the JDK's own wrapper for what went wrong in another thread. */
    static RuntimeException rethrow(Throwable failure) {
        if (failure instanceof Error error) {
            throw error;
        }
        if (failure instanceof RuntimeException unchecked) {
            return unchecked;
        }
        return new CompletionException(failure);
    }

    /** What a future failed with. */
    static Throwable of(CompletableFuture<?> failed) {
        try {
            failed.join();
            throw new AssertionError("it has not failed");
        } catch (CancellationException e) {
            return e;
        } catch (CompletionException e) {
            Throwable cause = e.getCause();
            return cause == null ? e : cause;
        }
    }
}
