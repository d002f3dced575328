package io.procession.pool;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One worker as its pool sees it. Its state is guarded by the {@link Scheduler}'s lock, except where said.
 *
 * <pre>
 *   STARTING ──ready──▶ READY ──retire──▶ RETIRING ──▶ GONE
 *       └──────────── its process ended ──────────────▲
 * </pre>
 */
final class Worker {
    enum State {
        /** Its JVM starts; it gets no task. */
        STARTING,
        /** It takes tasks. */
        READY,
        /** It has been told to end when it has finished what it holds; it gets no more. */
        RETIRING,
        /** Its process has ended and what it held has been given to others. */
        GONE
    }

    /** Work queued at a worker ahead of need, so that it does not wait for the next message: {@value} ns of it. */
    private static final long AHEAD_NANOS = 300_000;

    private static final int MIN_WINDOW = 2;
    private static final int MAX_WINDOW = 64;

    final String name;
    final WorkerPort port;
    State state = State.STARTING;
    boolean recalling;

    /** How often it was asked for tasks it has not started, and how often it has replied. */
    long asked;

    long told;

    private final Map<Long, PoolTask> held = new LinkedHashMap<>();
    private final Set<Long> functions = new HashSet<>();
    private long averageNanos = Long.MAX_VALUE;

    Worker(String name, WorkerPort port) {
        this.name = name;
        this.port = port;
    }

    int load() {
        return held.size();
    }

    /** What it holds, oldest first. */
    List<PoolTask> held() {
        return new ArrayList<>(held.values());
    }

    boolean hasRoom() {
        return state == State.READY && held.size() < window();
    }

    /** Short tasks are sent ahead, so that the worker always has the next; of long ones only one waits here, and it can be called back. */
    private int window() {
        return (int) Math.min(MAX_WINDOW, MIN_WINDOW + AHEAD_NANOS / averageNanos);
    }

    void hold(PoolTask task) {
        task.place = PoolTask.Place.HELD;
        task.holder = this;
        held.put(task.id, task);
    }

    @Nullable
    PoolTask release(long taskId) {
        PoolTask task = held.remove(taskId);
        if (task != null) {
            released(task);
        }
        return task;
    }

    private static void released(PoolTask task) {
        task.place = PoolTask.Place.ANSWERED;
        task.holder = null;
    }

    /** What it holds, oldest first, and holds no more. */
    List<PoolTask> releaseAll() {
        List<PoolTask> tasks = new ArrayList<>(held.values());
        held.clear();
        tasks.forEach(Worker::released);
        return tasks;
    }

    void measured(long workNanos) {
        long nanos = Math.max(1, workNanos);
        averageNanos = averageNanos == Long.MAX_VALUE ? nanos : averageNanos - averageNanos / 8 + nanos / 8 + 1;
    }

    /** Whether the function must be sent before the task; notes that it was. */
    boolean needs(@Nullable MappedFunction function) {
        return function != null && functions.add(function.id());
    }

    /** Whether the worker knows the function and holds no task that needs it; notes that it knows it no more. */
    boolean drop(MappedFunction function) {
        return held.values().stream().noneMatch(task -> task.function == function) && functions.remove(function.id());
    }
}
