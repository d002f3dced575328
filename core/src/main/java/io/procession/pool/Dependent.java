package io.procession.pool;

import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Something to be done when a future completes, which can be taken back: what waited for a while leaves nothing with a future that goes on. */
final class Dependent {
    /** Completes an {@code anyOf} that nobody needs any more, which then takes itself off the future; what {@code whenComplete} hangs on it stays. */
    private final CompletableFuture<@Nullable Void> removal = new CompletableFuture<>();

    /**
     * @param action told what the future failed with, or null; not after {@link #remove}
     */
    @SuppressWarnings("FutureReturnValueIgnored") // what follows the completion cannot fail
    Dependent(CompletableFuture<?> future, Consumer<? super @Nullable Throwable> action) {
        CompletableFuture<@Nullable Void> removed = removal; // not this, which the action may be reachable from
        CompletableFuture.anyOf(future, removed).whenComplete((result, failure) -> {
            if (!removed.isDone()) {
                action.accept(failure);
            }
        });
    }

    void remove() {
        removal.complete(null);
    }
}
