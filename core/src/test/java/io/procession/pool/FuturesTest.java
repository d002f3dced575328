package io.procession.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class FuturesTest {
    private final CompletableFuture<Integer> done = CompletableFuture.completedFuture(1);
    private final CompletableFuture<Integer> failed = CompletableFuture.failedFuture(new ArithmeticException());
    private final CompletableFuture<Integer> pending = new CompletableFuture<>();
    private final CompletableFuture<Integer> other = new CompletableFuture<>();

    @Test
    @DisplayName("F08: waitFirst returns at once if some are done, and splits by what is done")
    void firstOfSomeDone() throws Exception {
        Futures.Split<CompletableFuture<Integer>> split = Futures.waitFirst(List.of(pending, done, failed));
        assertThat(split.done()).containsExactly(done, failed);
        assertThat(split.notDone()).containsExactly(pending);
    }

    @Test
    @DisplayName("F08: waitFirst waits for one")
    void firstOfNoneDone() throws Exception {
        ForkJoinPool.commonPool().execute(() -> other.complete(2));
        assertThat(Futures.waitFirst(List.of(pending, other)).done()).containsExactly(other);
    }

    @Test
    @DisplayName("F08: waitFirstFailure waits for a failure, or for all")
    void firstFailure() throws Exception {
        ForkJoinPool.commonPool().execute(() -> other.completeExceptionally(new ArithmeticException()));
        Futures.Split<CompletableFuture<Integer>> split = Futures.waitFirstFailure(List.of(done, pending, other));
        assertThat(split.done()).containsExactly(done, other);
        ForkJoinPool.commonPool().execute(() -> pending.complete(3));
        assertThat(Futures.waitFirstFailure(List.of(done, pending)).notDone()).isEmpty();
        assertThat(Futures.waitFirstFailure(List.of(new CompletableFuture<>(), failed))
                        .done())
                .hasSize(1);
    }

    @Test
    @DisplayName("F10: waitAll waits for all, each counted once")
    void all() throws Exception {
        ForkJoinPool.commonPool().execute(() -> pending.complete(2));
        Futures.Split<CompletableFuture<Integer>> split = Futures.waitAll(List.of(done, pending, done, pending));
        assertThat(split.done()).containsExactly(done, pending);
        assertThat(split.notDone()).isEmpty();
    }

    @Test
    @DisplayName("F11: what is not in time is in the second set; of nothing there are two empty sets")
    void partialSets() throws Exception {
        Futures.Split<CompletableFuture<Integer>> split =
                Futures.waitAll(List.of(done, pending), Duration.ofMillis(20));
        assertThat(split.done()).containsExactly(done);
        assertThat(split.notDone()).containsExactly(pending);
        assertThat(Futures.waitFirst(List.of(pending), Duration.ZERO).done()).isEmpty();
        assertThat(Futures.waitFirst(List.of(pending), Duration.ofSeconds(-1)).notDone())
                .hasSize(1);
        assertThat(Futures.waitAll(List.of()).done()).isEmpty();
        assertThat(Futures.waitFirst(List.of()).notDone()).isEmpty();
        assertThat(Futures.waitFirstFailure(List.of()).notDone()).isEmpty();
    }

    @Test
    void nullsAreRefused() {
        assertThatNullPointerException().isThrownBy(() -> Futures.waitAll(null));
        assertThatNullPointerException().isThrownBy(() -> Futures.waitAll(Arrays.asList(done, null)));
        assertThatNullPointerException().isThrownBy(() -> Futures.waitAll(List.of(done), null));
    }

    @Test
    @DisplayName("F12, F14: asCompleted gives each future once, in the order of completion")
    void asCompleted() {
        List<CompletableFuture<Integer>> seen = new ArrayList<>();
        Results<CompletableFuture<Integer>> results = Futures.asCompleted(List.of(pending, done, other, done));
        other.complete(2);
        pending.cancel(true);
        for (CompletableFuture<Integer> future : results) {
            seen.add(future);
        }
        assertThat(seen).containsExactly(done, other, pending);
        assertThat(Futures.asCompleted(List.<CompletableFuture<Integer>>of()).hasNext())
                .isFalse();
        assertThatExceptionOfType(NoSuchElementException.class).isThrownBy(results::next);
    }

    @Test
    @DisplayName("as_completed with a timeout: too late is not lost")
    void asCompletedWithALimit() throws Exception {
        Results<CompletableFuture<Integer>> results = Futures.asCompleted(List.of(pending));
        assertThatExceptionOfType(TimeoutException.class).isThrownBy(() -> results.next(Duration.ZERO));
        pending.complete(1);
        assertThat(results.next(Duration.ZERO)).isSameAs(pending);
    }

    @Test
    void anInterruptEndsTheWaitAndLosesNothing() throws Exception {
        Results<CompletableFuture<Integer>> results = Futures.asCompleted(List.of(pending));
        Thread.currentThread().interrupt();
        assertThatExceptionOfType(CompletionException.class)
                .isThrownBy(results::next)
                .withCauseInstanceOf(InterruptedException.class);
        assertThat(Thread.interrupted()).isTrue();
        pending.complete(1);
        assertThat(results.next()).isSameAs(pending);
        Thread.currentThread().interrupt();
        assertThatExceptionOfType(InterruptedException.class).isThrownBy(() -> Futures.waitAll(List.of(other)));
    }

    @Test
    @DisplayName("F15: a future that was given is not kept")
    void givenFuturesAreNotKept() throws Exception {
        Results<CompletableFuture<Integer>> results;
        WeakReference<CompletableFuture<Integer>> given;
        {
            CompletableFuture<Integer> first = CompletableFuture.completedFuture(1);
            results = Futures.asCompleted(List.of(first, pending));
            given = new WeakReference<>(results.next());
            assertThat(given.get()).isSameAs(first);
            first = null;
        }
        while (given.get() != null) { // bounded by the time limit of the class
            System.gc();
            Thread.onSpinWait();
        }
        assertThat(results.hasNext()).isTrue();
    }

    @Test
    void aWaitThatIsOverLeavesNothingWithFuturesThatGoOn() throws Exception {
        for (int i = 0; i < 100; i++) {
            Futures.waitFirst(List.of(pending, other), Duration.ofNanos(1));
            Futures.waitFirstFailure(List.of(pending, other), Duration.ofNanos(1));
            Futures.waitAll(List.of(pending, other), Duration.ofNanos(1));
            Futures.asCompleted(List.of(pending, other)).close();
        }
        other.complete(2);
        Futures.waitFirstFailure(List.of(pending, other), Duration.ofNanos(1));
        assertThat(pending.getNumberOfDependents()).isZero();
    }

    @Test
    void closingWakesWhoWaitsForAFutureThatNeverCompletes() throws Exception {
        Results<CompletableFuture<Integer>> results = Futures.asCompleted(List.of(pending));
        CompletableFuture<Void> waiting = CompletableFuture.runAsync(results::next);
        results.close();
        assertThatExceptionOfType(CompletionException.class)
                .isThrownBy(waiting::join)
                .withCauseInstanceOf(NoSuchElementException.class);
    }

    @Test
    void aClosedOneHasNoMoreAndLeavesTheOthersAlone() {
        Results<CompletableFuture<Integer>> results = Futures.asCompleted(List.of(pending));
        results.close();
        results.close();
        assertThat(results.hasNext()).isFalse();
        assertThat(pending).isNotDone();
        assertThat(Futures.asCompleted(List.of(done, failed)).stream()).containsExactly(done, failed);
    }
}
