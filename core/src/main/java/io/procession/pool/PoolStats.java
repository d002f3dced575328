package io.procession.pool;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * What a pool is doing and has done: one moment's view, immutable. {@link #toString()} shows all of it.
 *
 * @param pool the name of the pool
 * @param wantedWorkers how many workers it is meant to have
 * @param workers those it has, the oldest first; more than it is meant to have while some retire
 * @param queued how many tasks no worker has yet; a part of a map counts as one, here and below
 * @param held how many tasks workers have: those that run, and a few sent ahead
 * @param submitted how many tasks it was given
 * @param succeeded how many came back with a result
 * @param failed how many threw an exception
 * @param cancelled how many nobody wanted any more, or were given up when the pool was closed
 * @param timedOut how many came to their deadline
 * @param lost how many ended with their worker, or with the pool when it broke
 * @param retried how often a task was given to another worker because its own had died of it
 * @param endings how many workers have ended, by reason; a reason that did not occur is not in it
 * @param queueTime how long all tasks together waited before a worker got them
 * @param starting how long all workers together took to start
 * @param working how long they worked on tasks
 * @param waiting how long they had nothing to do
 * @param slowest the tasks that took longest, the slowest first, at most ten
 */
public record PoolStats(
        String pool,
        int wantedWorkers,
        List<WorkerStats> workers,
        int queued,
        int held,
        long submitted,
        long succeeded,
        long failed,
        long cancelled,
        long timedOut,
        long lost,
        long retried,
        Map<EndReason, Long> endings,
        Duration queueTime,
        Duration starting,
        Duration working,
        Duration waiting,
        List<SlowTask> slowest) {
    /**
     * How many workers died.
     *
     * @return those that ended although the pool did not want it, after they were ready
     */
    public long deaths() {
        return endings.getOrDefault(EndReason.DIED, 0L);
    }

    /**
     * How many workers were replaced although nothing was wrong with them yet, or because of their memory.
     *
     * @return those that were recycled
     */
    public long recycles() {
        return endings.entrySet().stream()
                .filter(ending -> ending.getKey().isRecycling())
                .mapToLong(Map.Entry::getValue)
                .sum();
    }

    /**
     * Which part of their lives the workers have spent on starting.
     *
     * @return 0 to 1; this, {@link #waitRatio()} and {@link #workRatio()} add up to 1, unless no worker was launched yet
     */
    public double startRatio() {
        return ratio(starting);
    }

    /**
     * Which part of their lives the workers had nothing to do.
     *
     * @return 0 to 1
     */
    public double waitRatio() {
        return ratio(waiting);
    }

    /**
     * Which part of their lives the workers have worked. Low while tasks are queued, it means that tasks are too short for what it costs to send them.
     *
     * @return 0 to 1
     */
    public double workRatio() {
        return ratio(working);
    }

    private double ratio(Duration part) {
        double all = (double) starting.toNanos() + working.toNanos() + waiting.toNanos();
        return all == 0 ? 0 : part.toNanos() / all;
    }

    /**
     * One worker.
     *
     * @param name its name
     * @param pid the id of its process
     * @param state how far it has come
     * @param age the time since its launch
     * @param tasks how many tasks it has answered
     * @param held how many it has
     * @param working how long it has worked on those it has answered
     */
    public record WorkerStats(
            String name, long pid, WorkerStage state, Duration age, int tasks, int held, Duration working) {}

    /**
     * A task that took long.
     *
     * @param taskId the task, as it is numbered in this process
     * @param worker the name of the worker that ran it
     * @param time how long it took there
     */
    public record SlowTask(long taskId, String worker, Duration time) {}
}
