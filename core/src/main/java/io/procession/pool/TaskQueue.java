package io.procession.pool;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The tasks that no worker has, in the order in which they are to be run. Guarded by the {@link Scheduler}'s lock. */
final class TaskQueue {
    private static final int MIN_DISCARDED = 64;

    private final Deque<PoolTask> tasks = new ArrayDeque<>();

    /** How many of them were cancelled. They leave together, when they are the larger part, so each costs little. */
    private int discarded;

    int size() {
        return tasks.size() - discarded;
    }

    boolean isEmpty() {
        return size() == 0;
    }

    void addLast(PoolTask task) {
        task.place = PoolTask.Place.WAITING;
        tasks.addLast(task);
    }

    /** For one that had left, and comes back before its turn is over. */
    void addFirst(PoolTask task) {
        task.place = PoolTask.Place.WAITING;
        tasks.addFirst(task);
    }

    /** Takes the next one out. */
    @Nullable
    PoolTask poll() {
        PoolTask task = tasks.pollFirst();
        while (task != null && task.place != PoolTask.Place.WAITING) {
            discarded--;
            task = tasks.pollFirst();
        }
        return task;
    }

    /** Takes one out, if it is here. */
    boolean discard(PoolTask task) {
        if (task.place != PoolTask.Place.WAITING) {
            return false;
        }
        task.place = PoolTask.Place.ANSWERED;
        if (++discarded > MIN_DISCARDED && discarded > tasks.size() / 2) {
            tasks.removeIf(each -> each.place != PoolTask.Place.WAITING);
            discarded = 0;
        }
        return true;
    }

    /** Those that wait, oldest first. */
    List<PoolTask> list() {
        return tasks.stream()
                .filter(task -> task.place == PoolTask.Place.WAITING)
                .toList();
    }

    /** Takes all out, oldest first. */
    List<PoolTask> drain() {
        List<PoolTask> all = new ArrayList<>(tasks.size());
        for (PoolTask task = poll(); task != null; task = poll()) {
            task.place = PoolTask.Place.ANSWERED;
            all.add(task);
        }
        return all;
    }
}
