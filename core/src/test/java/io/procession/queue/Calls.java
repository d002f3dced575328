package io.procession.queue;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

/** Calls in threads of their own, and what came of them. */
final class Calls {
    private static final int LONG_SECONDS = 20;

    private Calls() {}

    static <T> CompletableFuture<T> async(Callable<T> action) {
        CompletableFuture<T> future = new CompletableFuture<>();
        Thread thread = new Thread(() -> {
            try {
                future.complete(action.call());
            } catch (Throwable failure) {
                future.completeExceptionally(failure);
            }
        });
        thread.setDaemon(true);
        thread.start();
        return future;
    }

    static <T> T get(CompletableFuture<T> future) throws Exception {
        return future.get(LONG_SECONDS, TimeUnit.SECONDS);
    }

    static Throwable failure(CompletableFuture<?> future) throws Exception {
        try {
            future.get(LONG_SECONDS, TimeUnit.SECONDS);
            throw new AssertionError("did not fail");
        } catch (ExecutionException expected) {
            return expected.getCause();
        }
    }

    static void assertClosed(Throwable failure, QueueClosedException.Reason reason) {
        assertThat(failure)
                .isInstanceOfSatisfying(
                        QueueClosedException.class,
                        closed -> assertThat(closed.reason()).isEqualTo(reason));
    }
}
