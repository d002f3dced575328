package io.procession.pool;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Looks at the workers from time to time, for what no message tells: that a task has come to its deadline, that a worker does not start what it was
 * given, holds too much memory, or is old. It looks only while there is something to look for, by status page and by what the operating system
 * says of the process, so a stopped worker or one that spins in native code is seen as well.
 *
 * <p>A deadline counts from the moment at which the task, or the item of its chunk, was first seen to run; so it may be exceeded by
 * one interval, an eighth of itself. Time in which this process itself was stopped does not count.
 */
final class Watch {
    private static final int LOOKS_PER_TIMEOUT = 8;
    private static final long MIN_INTERVAL = TimeUnit.MILLISECONDS.toNanos(5);
    private static final long MAX_INTERVAL = TimeUnit.SECONDS.toNanos(1);

    /** Memory can grow by a gigabyte in a second. */
    private static final long LIMIT_INTERVAL = TimeUnit.MILLISECONDS.toNanos(100);

    private static final long MEMORY_INTERVAL = TimeUnit.MILLISECONDS.toNanos(250);
    private static final long SUCCESSION_INTERVAL = TimeUnit.MILLISECONDS.toNanos(50);

    /** A worker that has a task starts it within this time and that of the task's deadline, if it is not stopped; */
    private static final long STARTS_WITHIN = TimeUnit.SECONDS.toNanos(10);

    /** large ones need longer to arrive. */
    private static final long NANOS_PER_BYTE = 100;

    private final Background background;
    private final Scheduler scheduler;
    private final Crew crew;
    private final Recycling recycling;
    private final long memoryLimitBytes;

    /** When the next look is due; guarded by the scheduler's lock, as is all below. */
    private long nextNanos;

    private boolean armed;

    private record Seen(Worker worker, Progress progress, long residentBytes, long heapBytes) {}

    Watch(PoolSettings settings, Background background, Scheduler scheduler, Crew crew, Recycling recycling) {
        this.background = background;
        this.scheduler = scheduler;
        this.crew = crew;
        this.recycling = recycling;
        this.memoryLimitBytes = settings.workerMemoryLimitBytes;
    }

    /**
     * Under the lock: workers were given tasks.
     *
     * @param timeoutNanos the shortest time limit of them; {@code Long.MAX_VALUE} if none has one
     */
    void given(long timeoutNanos, Effects effects) {
        long interval = timeoutNanos == Long.MAX_VALUE ? Long.MAX_VALUE : interval(timeoutNanos);
        if (memoryLimitBytes > 0) {
            interval = Math.min(interval, LIMIT_INTERVAL);
        }
        if (recycling.limitsMemory()) {
            interval = Math.min(interval, MEMORY_INTERVAL);
        }
        plan(interval, effects);
    }

    /** Under the lock: something may be to look for. */
    void plan(Effects effects) {
        plan(soonest(background.nanoTime()), effects);
    }

    private void plan(long interval, Effects effects) {
        if (interval == Long.MAX_VALUE) {
            return;
        }
        long now = background.nanoTime();
        if (armed && nextNanos - now <= interval) {
            return;
        }
        armed = true;
        nextNanos = now + interval;
        long planned = nextNanos;
        effects.add(() -> background.later(Duration.ofNanos(interval), () -> look(planned)));
    }

    private static long interval(long timeoutNanos) {
        return Math.max(MIN_INTERVAL, Math.min(MAX_INTERVAL, timeoutNanos / LOOKS_PER_TIMEOUT));
    }

    /** How long the next look has time; for ever, if there is nothing to look for. */
    private long soonest(long now) {
        long interval = Long.MAX_VALUE;
        for (Worker worker : crew.roster) {
            if (worker.state() == WorkerStage.CONDEMNED) {
                continue;
            }
            for (PoolTask task : worker.held()) {
                if (task.limits().hasTimeout() && !task.ending) {
                    interval = Math.min(interval, interval(task.limits().timeoutNanos()));
                }
            }
            if (worker.load() > 0 && memoryLimitBytes > 0) {
                interval = Math.min(interval, LIMIT_INTERVAL);
            }
            if (recycling.limitsMemory() && (worker.load() > 0 || worker.residentBytes < 0)) {
                interval = Math.min(interval, MEMORY_INTERVAL);
            }
            if (worker.state() == WorkerStage.READY && recycling.limitsAge()) {
                long left = recycling.untilOld(worker, now);
                interval = Math.min(interval, left == 0 ? SUCCESSION_INTERVAL : left);
            }
        }
        return Math.max(MIN_INTERVAL, interval);
    }

    private void look(long planned) {
        List<Worker> workers = new ArrayList<>();
        scheduler.act(effects -> {
            if (armed && nextNanos == planned) { // else an earlier look was planned since
                armed = false;
                long late = background.nanoTime() - planned;
                if (late > Background.LATE_NANOS) {
                    crew.roster.forEach(worker -> worker.excuse(late));
                }
                workers.addAll(crew.roster.list());
            }
        });
        List<Seen> seen = workers.stream().map(this::see).toList();
        if (!seen.isEmpty()) {
            scheduler.act(effects -> {
                long now = background.nanoTime();
                seen.forEach(each -> judge(each, now, effects));
                plan(effects);
            });
        }
    }

    private Seen see(Worker worker) {
        boolean memory = memoryLimitBytes > 0 || recycling.limitsMemory();
        return new Seen(
                worker,
                worker.port.progress(),
                memory ? worker.port.residentBytes() : -1,
                recycling.limitsMemory() ? worker.port.heapBytes() : 0);
    }

    private void judge(Seen seen, long now, Effects effects) {
        Worker worker = seen.worker();
        worker.residentBytes = seen.residentBytes();
        PoolTask running =
                seen.progress().running() ? worker.held(seen.progress().task()) : null;
        if (!seen.progress().equals(worker.seen)) {
            worker.seen = seen.progress();
            worker.seenNanos = now;
        }
        if (running != null) {
            judgeRunning(worker, running, seen, now, effects);
        } else {
            judgeWaiting(worker, now, effects);
        }
        EndReason reason = recycling.atLook(worker, seen.heapBytes());
        if (reason != null && worker.state() == WorkerStage.READY) {
            crew.retire(worker, reason, effects);
        }
        judgeAge(worker, now, effects);
    }

    private void judgeRunning(Worker worker, PoolTask task, Seen seen, long now, Effects effects) {
        TaskLimits limits = task.limits();
        if (memoryLimitBytes > 0 && seen.residentBytes() > memoryLimitBytes) {
            crew.condemn(worker, EndReason.MEMORY_LIMIT, effects);
        } else if (limits.hasTimeout() && !task.ending && now - worker.seenNanos >= limits.timeoutNanos()) {
            scheduler.expire(worker, task, seen.progress().item(), effects);
        }
    }

    /** It has tasks and runs none: they are on their way, or the worker is stopped. */
    private void judgeWaiting(Worker worker, long now, Effects effects) {
        PoolTask next = worker.oldest();
        if (next != null && next.limits().hasTimeout()) {
            long since = Math.max(next.heldNanos, worker.seenNanos);
            long patience =
                    Math.max(next.limits().timeoutNanos(), STARTS_WITHIN) + next.argument.sizeBytes() * NANOS_PER_BYTE;
            if (now - since > patience) {
                crew.condemn(worker, EndReason.STUCK, effects);
            }
        }
    }

    /** One at a time, and each only when its successor is there: workers of one age shall not leave together. */
    private void judgeAge(Worker worker, long now, Effects effects) {
        if (worker.state() != WorkerStage.READY || recycling.untilOld(worker, now) > 0) {
            return;
        }
        if (!worker.succeeded) {
            if (crew.roster.succeeded() == 0) {
                crew.succeed(worker, effects);
            }
        } else if (crew.isFullyReady()) {
            crew.retire(worker, EndReason.AGE, effects);
        }
    }
}
