package io.procession.pool;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** What a pool has done so far. Guarded by the {@link Scheduler}'s lock. */
final class Tally {
    private static final int SLOWEST = 10;

    private final long[] outcomes = new long[Outcome.values().length];
    private final Map<EndReason, Long> endings = new EnumMap<>(EndReason.class);
    private final List<PoolStats.SlowTask> slowest = new ArrayList<>();
    private long submitted;
    private long retried;
    private long queueNanos;

    // Of workers that have ended.
    private long startNanos;
    private long workNanos;
    private long lifeNanos;

    void submitted() {
        submitted++;
    }

    void held(PoolTask task) {
        queueNanos += task.heldNanos - task.submittedNanos;
    }

    void retried() {
        retried++;
    }

    void ended(Outcome outcome) {
        outcomes[outcome.ordinal()]++;
    }

    /** A worker took so long for a task. */
    void measured(Worker worker, long taskId, long nanos) {
        if (slowest.size() == SLOWEST) {
            if (slowest.get(SLOWEST - 1).time().toNanos() >= nanos) {
                return;
            }
            slowest.remove(SLOWEST - 1);
        }
        slowest.add(new PoolStats.SlowTask(taskId, worker.name, Duration.ofNanos(nanos)));
        slowest.sort(Comparator.comparing(PoolStats.SlowTask::time).reversed());
    }

    void ended(Worker worker, EndReason reason) {
        endings.merge(reason, 1L, Long::sum);
        startNanos += worker.startNanos(worker.endedNanos);
        workNanos += worker.workNanos();
        lifeNanos += worker.endedNanos - worker.launchedNanos;
    }

    PoolStats stats(String pool, int wanted, Iterable<Worker> workers, int queued, long now) {
        long starting = startNanos;
        long working = workNanos;
        long living = lifeNanos;
        int held = 0;
        List<PoolStats.WorkerStats> each = new ArrayList<>();
        for (Worker worker : workers) {
            starting += worker.startNanos(now);
            working += worker.workNanos();
            living += now - worker.launchedNanos;
            held += worker.load();
            each.add(new PoolStats.WorkerStats(
                    worker.name,
                    worker.port.pid(),
                    worker.state(),
                    Duration.ofNanos(now - worker.launchedNanos),
                    worker.done(),
                    worker.load(),
                    Duration.ofNanos(worker.workNanos())));
        }
        return new PoolStats(
                pool,
                wanted,
                List.copyOf(each),
                queued,
                held,
                submitted,
                of(Outcome.SUCCEEDED),
                of(Outcome.FAILED),
                of(Outcome.CANCELLED),
                of(Outcome.TIMED_OUT),
                of(Outcome.LOST),
                retried,
                Map.copyOf(endings),
                Duration.ofNanos(queueNanos),
                Duration.ofNanos(starting),
                Duration.ofNanos(working),
                Duration.ofNanos(Math.max(0, living - starting - working)),
                List.copyOf(slowest));
    }

    private long of(Outcome outcome) {
        return outcomes[outcome.ordinal()];
    }
}
