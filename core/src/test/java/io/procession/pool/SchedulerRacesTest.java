package io.procession.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.procession.internal.child.Exit;
import io.procession.internal.codec.Codec;
import io.procession.internal.codec.Encoded;
import io.procession.internal.pool.TaskOperation;
import io.procession.task.Task;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Orders of events that are rare in life. */
@Timeout(60)
class SchedulerRacesTest {
    private static final Encoded NOTHING = Codec.standard().encode((Task<Integer>) () -> 0);
    private static final Duration GRACE = Duration.ofSeconds(2);

    private final ByHand hand = new ByHand();
    private final List<Answer> answers = new ArrayList<>();

    private Scheduler started(int workers) {
        return started(new PoolBuilder().name("by hand").workers(workers));
    }

    private Scheduler started(PoolBuilder builder) {
        Scheduler scheduler = new Scheduler(builder.settings(), hand, hand);
        scheduler.start();
        return scheduler;
    }

    private PoolTask task() {
        return new PoolTask(TaskOperation.CALL, NOTHING, null, (answer, nanos) -> answers.add(answer));
    }

    private PoolTask submitted(Scheduler scheduler) {
        PoolTask task = task();
        scheduler.submit(task);
        return task;
    }

    private static void answer(Scheduler scheduler, Worker worker, PoolTask task) {
        scheduler.answered(worker, List.of(new WorkerAnswer(task.id, new Answer.Given(1), 1, false)));
    }

    @Test
    @DisplayName(
            "A part of a map that is cancelled before it is accepted is answered once, not run, and in nobody's way")
    void cancelledBeforeSubmission() {
        Scheduler scheduler = started(1);
        Worker worker = hand.launched.get(0);
        scheduler.ready(worker);
        PoolTask early = task();
        scheduler.cancel(early, false);
        assertThat(answers).as("before it is accepted").isEmpty();
        scheduler.submit(early);
        assertThat(answers).hasSize(1);
        PoolTask next = submitted(scheduler);
        assertThat(hand.said(worker)).containsExactly("task " + next.id);
        answer(scheduler, worker, next);
        assertThat(answers).hasSize(2);
    }

    @Test
    @DisplayName("A worker that is too fresh to have heard of an interrupt is not killed for going on")
    void notHeardYet() {
        Duration grace = Duration.ofMillis(100);
        Scheduler scheduler =
                started(new PoolBuilder().name("by hand").workers(1).gracePeriod(grace));
        Worker worker = hand.launched.get(0);
        hand.ports.get(worker).hears = false;
        scheduler.ready(worker);
        PoolTask task = submitted(scheduler);
        hand.runs(worker, task);
        scheduler.cancel(task, true);
        hand.pass(grace);
        assertThat(hand.said(worker)).doesNotContain("kill");
        hand.ports.get(worker).hears = true;
        hand.pass(grace);
        assertThat(hand.said(worker)).contains("kill");
    }

    @Test
    @DisplayName("A worker that never hears of an interrupt is killed when it is no longer fresh")
    void neverHeard() {
        Duration grace = Duration.ofMillis(100);
        Scheduler scheduler =
                started(new PoolBuilder().name("by hand").workers(1).gracePeriod(grace));
        Worker worker = hand.launched.get(0);
        hand.ports.get(worker).hears = false;
        scheduler.ready(worker);
        PoolTask task = submitted(scheduler);
        hand.runs(worker, task);
        scheduler.cancel(task, true);
        for (int i = 0; i < 30; i++) {
            hand.pass(grace);
        }
        assertThat(hand.said(worker)).contains("kill");
    }

    @Test
    @DisplayName("A worker that gets ready when all tasks are with another is given those that wait there")
    void latecomersGetWork() {
        Scheduler scheduler = started(2);
        Worker first = hand.launched.get(0);
        Worker second = hand.launched.get(1);
        scheduler.ready(first);
        submitted(scheduler);
        PoolTask waits = submitted(scheduler);
        assertThat(hand.said(first)).hasSize(2);
        scheduler.ready(second);
        assertThat(hand.said(first)).contains("recall 1");
        scheduler.returned(first, List.of(waits.id));
        assertThat(hand.said(second)).containsExactly("task " + waits.id);
    }

    @Test
    @DisplayName("A task that had not arrived when it was called back is called back again")
    void calledBackAgain() {
        Scheduler scheduler = started(2);
        Worker first = hand.launched.get(0);
        scheduler.ready(first);
        submitted(scheduler);
        PoolTask large = submitted(scheduler);
        scheduler.ready(hand.launched.get(1));
        scheduler.returned(first, List.of());
        hand.pass(Duration.ofSeconds(1));
        assertThat(hand.said(first)).filteredOn("recall 1"::equals).hasSize(2);
        scheduler.returned(first, List.of(large.id));
        assertThat(hand.said(hand.launched.get(1))).containsExactly("task " + large.id);
    }

    @Test
    @DisplayName("A worker that is ready before the last has been launched makes nobody launch more")
    void startsNoMoreThanWanted() {
        PoolSettings settings = new PoolBuilder().workers(3).settings();
        Scheduler scheduler = new Scheduler(settings, hand, hand);
        hand.whenLaunched = () -> scheduler.ready(hand.launched.get(0));
        scheduler.start();
        hand.chores.forEach(Runnable::run);
        assertThat(hand.launched).hasSize(3);
    }

    @Test
    @DisplayName("A worker that runs another task is not killed for one that was cancelled before it began")
    void theInnocentAreNotKilled() {
        Scheduler scheduler = started(new PoolBuilder().workers(1).gracePeriod(GRACE));
        Worker worker = hand.launched.get(0);
        scheduler.ready(worker);
        PoolTask innocent = submitted(scheduler);
        PoolTask cancelled = submitted(scheduler);
        hand.runs(worker, innocent);
        scheduler.cancel(cancelled, true);
        hand.pass(GRACE);
        assertThat(hand.said(worker)).doesNotContain("kill");
        answer(scheduler, worker, innocent);
        hand.runs(worker, cancelled);
        hand.pass(GRACE);
        assertThat(hand.said(worker)).contains("kill");
    }

    @Test
    @DisplayName(
            "A worker that is to be killed first gives back what it has not started, or one of these might begin just then")
    void whatHasNotBegunIsTakenBackBeforeAKill() {
        Scheduler scheduler = started(new PoolBuilder().workers(1).gracePeriod(GRACE));
        Worker worker = hand.launched.get(0);
        scheduler.ready(worker);
        PoolTask cancelled = submitted(scheduler);
        PoolTask behind = submitted(scheduler);
        hand.runs(worker, cancelled);
        scheduler.cancel(cancelled, true);
        hand.pass(GRACE);
        assertThat(hand.said(worker)).contains("recall 1").doesNotContain("kill");
        scheduler.returned(worker, List.of(behind.id));
        hand.pass(Duration.ofMillis(100));
        assertThat(hand.said(worker)).contains("kill");
    }

    @Test
    @DisplayName("A worker that gives nothing back, because it is stopped, is killed all the same")
    void whoGivesNothingBackIsKilled() {
        Scheduler scheduler = started(new PoolBuilder().workers(1).gracePeriod(GRACE));
        Worker worker = hand.launched.get(0);
        scheduler.ready(worker);
        PoolTask cancelled = submitted(scheduler);
        submitted(scheduler);
        hand.runs(worker, cancelled);
        scheduler.cancel(cancelled, true);
        hand.pass(GRACE);
        for (int look = 0; look < 5; look++) {
            assertThat(hand.said(worker)).doesNotContain("kill");
            hand.pass(Duration.ofMillis(100));
        }
        assertThat(hand.said(worker)).contains("kill");
    }

    @Test
    @DisplayName("A result that came by the link and is found in the page of the dead worker as well counts once")
    void resultsInBothPlaces() {
        Scheduler scheduler = started(1);
        Worker worker = hand.launched.get(0);
        scheduler.ready(worker);
        PoolTask done = submitted(scheduler);
        PoolTask begun = submitted(scheduler);
        answer(scheduler, worker, done);
        answer(scheduler, worker, done); // it died between the kernel and the page
        Exit killed = new Exit(137, "SIGKILL", true, "", List.of(), null, null);
        scheduler.gone(worker, new WorkerEnd(begun.id, -1, 1, killed, DeathCause.KILLED));
        assertThat(answers).hasSize(2);
        assertThat(answers.get(0)).isInstanceOf(Answer.Given.class);
        assertThat(answers.get(1)).isInstanceOf(Answer.Lost.class);
        assertThat(scheduler.stats().lost()).isEqualTo(1);
    }

    @Test
    @DisplayName("When this process was stopped, its tasks have the time they would have had")
    void timeStopsForAStoppedProcess() {
        Duration timeout = Duration.ofSeconds(8);
        Scheduler scheduler =
                started(new PoolBuilder().workers(1).taskTimeout(timeout).gracePeriod(GRACE));
        Worker worker = hand.launched.get(0);
        scheduler.ready(worker);
        PoolTask task = submitted(scheduler);
        hand.runs(worker, task);
        hand.pass(Duration.ofSeconds(1));
        hand.pass(Duration.ofMinutes(1)); // not one timer ran in this time
        assertThat(hand.said(worker)).containsExactly("task " + task.id);
        for (int i = 0; i < 9; i++) {
            hand.pass(Duration.ofSeconds(1));
        }
        assertThat(hand.said(worker)).contains("interrupt " + task.id).doesNotContain("kill");
        scheduler.dumped(worker, task.id, "stacks");
        hand.pass(Duration.ofMinutes(1));
        assertThat(hand.said(worker)).doesNotContain("kill");
        hand.pass(GRACE);
        assertThat(hand.said(worker)).contains("kill");
    }

    @Test
    @DisplayName(
            "A worker is replaced as soon as its end is known; what it ran is told when all that it left was looked through")
    void replacedAtOnce() {
        Scheduler scheduler = started(1);
        Worker worker = hand.launched.get(0);
        scheduler.ready(worker);
        PoolTask ran = submitted(scheduler);
        PoolTask held = submitted(scheduler);
        scheduler.lost(worker);
        scheduler.lost(worker);
        hand.doChores();
        assertThat(hand.launched).hasSize(2);
        Worker successor = hand.launched.get(1);
        scheduler.ready(successor);
        PoolTask next = submitted(scheduler);
        assertThat(hand.said(successor)).containsExactly("task " + next.id);
        answer(scheduler, worker, ran); // it had sent this
        Exit killed = new Exit(137, "SIGKILL", true, "", List.of(), null, null);
        scheduler.gone(worker, new WorkerEnd(held.id, -1, 1, killed, DeathCause.KILLED));
        hand.doChores();
        assertThat(hand.launched).hasSize(2);
        assertThat(answers).hasSize(2).last().isInstanceOf(Answer.Lost.class);
    }

    @Test
    @DisplayName("What a map would send after shutdownNow is refused as cancelled")
    void nothingComesAfterShutdownNow() {
        Scheduler scheduler = started(1);
        scheduler.enter();
        scheduler.shutdownNow();
        PoolTask part = task();
        part.accepted = true;
        assertThatExceptionOfType(CancellationException.class).isThrownBy(() -> scheduler.submit(part));
        scheduler.leave();
        assertThat(answers).isEmpty();
    }
}
