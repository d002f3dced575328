package io.procession.pool;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One worker as its pool sees it; {@link WorkerStage} draws its life. Guarded by the {@link Scheduler}'s lock.
 */
final class Worker {
    /** Work queued at a worker ahead of need, so that it does not wait for the next message: {@value} ns of it. */
    private static final long AHEAD_NANOS = 300_000;

    private static final int MIN_WINDOW = 2;
    private static final int MAX_WINDOW = 64;

    /** Of very short tasks, so many are sent together. */
    static final int WORTH_SENDING = 16;

    final String name;
    final WorkerPort port;

    /** What its initializer failed with; set before it is told to have ended. */
    @Nullable
    Throwable initializerFailure;

    /** Why its pool ended it before it was ready. */
    @Nullable
    String startProblem;

    /** How many tasks it may run in its life. */
    int taskLimit = Integer.MAX_VALUE;

    /** Why it ends, if its pool wants it to. */
    @Nullable
    EndReason reason;

    boolean recalling;

    /** How often it was asked for tasks it has not started, and how often it has replied. */
    long asked;

    long told;

    /** Its successor is started already, so that it will not be missed. */
    boolean succeeded;

    long launchedNanos;
    long readyNanos;
    long endedNanos;

    /** What it was seen doing last, and since when; for deadlines. */
    Progress seen = Progress.NONE;

    long seenNanos;

    /** What it was seen to hold last. */
    long residentBytes = -1;

    private WorkerStage state = WorkerStage.STARTING;
    private final Map<Long, PoolTask> held = new LinkedHashMap<>();
    private final Set<Long> functions = new HashSet<>();
    private long averageNanos = Long.MAX_VALUE;
    private int done;
    private long workNanos;

    /** How many of the tasks it holds are being ended. */
    private int ending;

    Worker(String name, WorkerPort port) {
        this.name = name;
        this.port = port;
    }

    WorkerStage state() {
        return state;
    }

    /** Goes on to another state, if it can get there from the one it is in. */
    boolean become(WorkerStage next) {
        boolean possible = state.mayBecome(next);
        if (possible) {
            state = next;
        }
        return possible;
    }

    /** Whether it is one of those the pool counts on. */
    boolean isStaff() {
        return state == WorkerStage.STARTING || state == WorkerStage.READY;
    }

    /** How long it lived. */
    Duration age() {
        return Duration.ofNanos(endedNanos - launchedNanos);
    }

    /** Whether it was asked for tasks it has not started, and has not said yet which. */
    boolean owesReply() {
        return state != WorkerStage.GONE && told < asked;
    }

    /** So much time has not counted. */
    void excuse(long nanos) {
        seenNanos += nanos;
        held.values().forEach(task -> task.heldNanos += nanos);
    }

    int load() {
        return held.size();
    }

    /** How many tasks it has answered. */
    int done() {
        return done;
    }

    /** How long it has worked on them. */
    long workNanos() {
        return workNanos;
    }

    /** How long it took to be ready, or has taken so far. */
    long startNanos(long now) {
        return (readyNanos == 0 ? now : readyNanos) - launchedNanos;
    }

    /** How long a task of it takes; 0 if it has run none. */
    long averageNanos() {
        return averageNanos == Long.MAX_VALUE ? 0 : averageNanos;
    }

    /**
     * Whether it shall get another task. Not while one of those it has is being ended: who is killed with the worker shall not be innocent.
     *
     * @param many whether so many wait that it may have them now; else one that is busy with very short ones gets the next when it has answered some, so that
     *     they can be sent together
     */
    boolean hasRoom(boolean many) {
        if (state != WorkerStage.READY || ending > 0) {
            return false;
        }
        int window = window();
        int enough = many || window <= WORTH_SENDING ? window : MIN_WINDOW;
        return held.size() < Math.min(enough, taskLimit - done);
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

    boolean holds(PoolTask task) {
        return held.containsKey(task.id);
    }

    @Nullable
    PoolTask held(long taskId) {
        return held.get(taskId);
    }

    /** What it holds, oldest first. */
    List<PoolTask> held() {
        return List.copyOf(held.values());
    }

    @Nullable
    PoolTask oldest() {
        return held.isEmpty() ? null : held.values().iterator().next();
    }

    @Nullable
    PoolTask release(long taskId) {
        PoolTask task = held.remove(taskId);
        if (task != null) {
            released(task);
        }
        return task;
    }

    private void released(PoolTask task) {
        task.place = PoolTask.Place.ANSWERED;
        task.holder = null;
        if (task.ending) {
            task.ending = false;
            ending--;
        }
    }

    /** What it holds, oldest first, and holds no more. */
    List<PoolTask> releaseAll() {
        List<PoolTask> tasks = new ArrayList<>(held.values());
        held.clear();
        tasks.forEach(this::released);
        return tasks;
    }

    /** A task that it holds is being ended. */
    void end(PoolTask task) {
        if (!task.ending) {
            task.ending = true;
            ending++;
        }
    }

    void measured(long nanosOfWork) {
        done++;
        workNanos += nanosOfWork;
        long nanos = Math.max(1, nanosOfWork);
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
