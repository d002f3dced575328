package io.procession.pool;

import java.util.List;
import java.util.concurrent.CancellationException;

/**
 * What the end of a worker means for the tasks it had, and for its pool: the one it had started fails or is tried again, the others run
 * elsewhere, somebody takes its place, or the pool has had enough. Called under the lock.
 */
final class Aftermath {
    /** A large task that so many workers have died with, although they had not started it, is to blame: it may be too large for them to receive. */
    private static final int MOST_STRANDINGS = 3;

    /** To receive less than this kills nobody: who dies with it died of something else. */
    private static final long LARGE_BYTES = 1 << 20;

    private final Scheduler scheduler;
    private final Crew crew;
    private final CrashBudget budget;
    private final Background background;
    private final PoolLife life;
    private final Tally tally;
    private final EventFeed events;
    private final String pool;
    private final long memoryLimitBytes;

    Aftermath(
            PoolSettings settings,
            Scheduler scheduler,
            Crew crew,
            Background background,
            PoolLife life,
            Tally tally,
            EventFeed events) {
        this.pool = settings.name;
        this.memoryLimitBytes = settings.workerMemoryLimitBytes;
        this.scheduler = scheduler;
        this.crew = crew;
        this.budget = settings.crashBudget;
        this.background = background;
        this.life = life;
        this.tally = tally;
        this.events = events;
    }

    /** The process of a worker has ended and all it had sent has been received. */
    void gone(Worker worker, WorkerEnd end, Effects effects) {
        boolean wasReady = worker.readyNanos != 0;
        worker.become(WorkerStage.GONE);
        worker.endedNanos = background.nanoTime();
        crew.roster.remove(worker);
        EndReason reason =
                worker.reason == null ? (wasReady ? EndReason.DIED : EndReason.DID_NOT_START) : worker.reason;
        tally.ended(worker, reason);
        if (events.isHeard()) {
            events.tell(
                    new PoolEvent.WorkerEnded(
                            pool, worker.name, end.pid(), reason, end.exit().describe(), worker.done()),
                    effects);
        }
        settleAll(worker, end, reason, effects);
        judge(worker, end, reason, effects);
    }

    private void settleAll(Worker worker, WorkerEnd end, EndReason reason, Effects effects) {
        List<PoolTask> tasks = worker.releaseAll();
        PoolTask started = null;
        for (int i = tasks.size() - 1; i >= 0; i--) { // the last first, so the order is kept
            PoolTask task = tasks.get(i);
            if (task.id == end.startedTask()) {
                started = task;
            } else if (i == 0 && reason == EndReason.DIED && isToBlame(task)) {
                scheduler.conclude(task, new Answer.Lost(end.failure(worker, task, false)), 0, effects);
            } else {
                scheduler.putBack(task, effects);
            }
        }
        if (started != null) {
            settle(started, worker, end, effects);
        }
    }

    private static boolean isToBlame(PoolTask task) {
        return task.argument.sizeBytes() >= LARGE_BYTES && ++task.strandings >= MOST_STRANDINGS;
    }

    /** The task that the worker had started. */
    private void settle(PoolTask task, Worker worker, WorkerEnd end, Effects effects) {
        if (task.unwanted) {
            CancellationException ended = new CancellationException("task " + task.id + " was ended with its worker");
            scheduler.conclude(task, new Answer.Lost(ended), 0, effects);
        } else if (task.expiry != null && (worker.reason != null || task.expiry.wasAlive())) {
            scheduler.conclude(task, task.expiry.answer(true), 0, effects);
        } else if (worker.reason == EndReason.MEMORY_LIMIT) {
            scheduler.conclude(
                    task, new Answer.Lost(end.memoryFailure(worker, task, memoryLimitBytes), end.item()), 0, effects);
        } else {
            WorkerDiedException death = end.failure(worker, task, true);
            task.deaths.add(death);
            if (task.mayBeRetried() && !life.hasEnded()) {
                retry(task, effects);
            } else {
                scheduler.conclude(task, new Answer.Lost(death, end.item()), 0, effects);
            }
        }
    }

    private void retry(PoolTask task, Effects effects) {
        tally.retried();
        scheduler.retry(task);
        int attempts = task.deaths.size();
        if (events.isHeard()) {
            events.tell(new PoolEvent.TaskRetried(pool, task.id, attempts), effects);
        }
    }

    private void judge(Worker worker, WorkerEnd end, EndReason reason, Effects effects) {
        if (reason == EndReason.DID_NOT_START) {
            crew.startFailed(end.startFailure(worker, StartFailures.MOST), effects);
        } else if (reason == EndReason.DIED && budget.isSpentBy(background.nanoTime())) {
            scheduler.breakDown(end.budgetFailure(worker, budget), effects);
        } else {
            crew.fill(effects);
        }
    }
}
