package io.procession.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.procession.internal.child.Exit;
import io.procession.task.Task;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class StartWatchTest {
    private static final Exit KILLED = new Exit(137, "SIGKILL", true, "", List.of(), null, null);
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final ByHand hand = new ByHand();

    private Scheduler started(PoolBuilder builder) {
        Scheduler scheduler = new Scheduler(builder.workers(1).settings(), hand, hand);
        scheduler.start();
        return scheduler;
    }

    private Worker last() {
        return hand.launched.get(hand.launched.size() - 1);
    }

    private void pass(int seconds, long cpuNanosPerSecond) {
        for (int i = 0; i < seconds; i++) {
            hand.ports.get(last()).cpuNanos += cpuNanosPerSecond;
            hand.pass(SECOND);
        }
    }

    @Test
    @DisplayName("A worker that does not get on with its start is killed, one that does has longer, but not for ever")
    void progressCounts() {
        started(new PoolBuilder().startTimeout(Duration.ofSeconds(10)));
        pass(5, 0);
        pass(90, 10_000_000); // as slow as one of two hundred on two processors
        assertThat(hand.said(last())).isEmpty();
        pass(6, 10_000_000);
        assertThat(hand.said(last())).containsExactly("kill");
    }

    @Test
    @DisplayName("What an idle JVM uses is no progress")
    void idleIsNoProgress() {
        started(new PoolBuilder().startTimeout(Duration.ofSeconds(10)));
        pass(2, 100_000_000);
        pass(10, 1_400_000);
        assertThat(hand.said(last())).containsExactly("kill");
    }

    @Test
    @DisplayName(
            "An initializer has its own time on top, and where nothing tells the processor time the longer limit holds")
    void initializers() {
        Task<Integer> nothing = () -> 0;
        started(new PoolBuilder().startTimeout(Duration.ofSeconds(10)).initializer(nothing, Duration.ofSeconds(30)));
        pass(39, 0);
        assertThat(hand.said(last())).isEmpty();
        pass(2, 0);
        assertThat(hand.said(last())).containsExactly("kill");
        started(new PoolBuilder().startTimeout(Duration.ofSeconds(10)));
        hand.ports.get(last()).cpuNanos = -1;
        pass(99, 0);
        assertThat(hand.said(last())).isEmpty();
        pass(2, 0);
        assertThat(hand.said(last())).containsExactly("kill");
    }

    @Test
    @DisplayName("Time in which this process was stopped, perhaps with its workers, does not count")
    void stoppedItself() {
        started(new PoolBuilder().startTimeout(Duration.ofSeconds(10)));
        pass(5, 0);
        hand.pass(Duration.ofHours(1));
        pass(3, 0);
        assertThat(hand.said(last())).isEmpty();
        pass(2, 0);
        assertThat(hand.said(last())).containsExactly("kill");
    }

    @Test
    @DisplayName("When no worker gets on, the pool is broken and says what was seen")
    void broken() {
        Scheduler scheduler = started(new PoolBuilder().startTimeout(Duration.ofSeconds(10)));
        for (int i = 0; i < StartFailures.MOST; i++) {
            Worker worker = last();
            hand.ports.get(worker).stopped = true;
            pass(11, 0);
            assertThat(hand.said(worker)).containsExactly("kill");
            scheduler.gone(worker, new WorkerEnd(0, -1, 1, KILLED, DeathCause.KILLED));
            pass(1, 0);
            hand.doChores();
        }
        assertThat(scheduler.isShutdown()).isTrue();
        assertThatExceptionOfType(RejectedExecutionException.class)
                .isThrownBy(scheduler::requireOpen)
                .withStackTraceContaining("it did not get on for 10 s, because it was stopped");
    }

    @Test
    @DisplayName("No time to start is refused")
    void nonsense() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new PoolBuilder().startTimeout(Duration.ZERO))
                .withMessageContaining("not 0 s");
    }
}
