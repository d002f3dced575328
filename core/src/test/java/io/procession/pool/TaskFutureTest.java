package io.procession.pool;

import static org.assertj.core.api.Assertions.assertThat;

import io.procession.internal.child.Callbacks;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class TaskFutureTest {
    @Test
    void aStageNeedNotWaitForTheResultThatItBelongsTo() throws Exception {
        TaskFuture<Integer> future = new TaskFuture<>(Runnable::run, Settlement.OF_ALL, (cancelled, interrupt) -> {});
        CompletableFuture<Integer> seen = future.thenApply(result -> {
            try {
                return future.get(0, TimeUnit.SECONDS);
            } catch (Exception e) {
                throw new CompletionException(e);
            }
        });
        future.answered(new Answer.Given(1), 0);
        assertThat(seen.get(1, TimeUnit.MINUTES)).isEqualTo(1);
    }

    @Test
    void stagesThatWaitForATaskDoNotKeepOthersFromRunning() {
        TaskFuture<Integer> future = new TaskFuture<>((cancelled, interrupt) -> {});
        List<CompletableFuture<Integer>> stages = new ArrayList<>();
        for (int i = 0; i < 2 * Runtime.getRuntime().availableProcessors() + 4; i++) {
            stages.add(CompletableFuture.supplyAsync(future::join, Callbacks.EXECUTOR));
        }
        CompletableFuture.runAsync(() -> future.complete(1), Callbacks.EXECUTOR).join();
        assertThat(stages).allSatisfy(stage -> assertThat(stage.join()).isEqualTo(1));
    }
}
