package io.procession.internal.pool;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the pool has sent to this worker and the task thread has not taken yet. Filled by the link's reader, emptied by the task thread,
 * or by the pool, which calls back what another worker could do now.
 */
final class TaskInbox {
    private final ArrayDeque<Arrived> tasks = new ArrayDeque<>();
    private final Map<Long, ByteBuffer> functions = new HashMap<>();

    /** What was forgotten before it arrived: a large message is overtaken by small ones. */
    private final Set<Long> forgotten = new HashSet<>();

    private boolean closed;

    /** A task as it arrived: still encoded, because decoding may run code of the user. */
    record Arrived(long id, ByteBuffer payload) {}

    synchronized void add(long id, ByteBuffer payload) {
        tasks.addLast(new Arrived(id, payload));
        notifyAll();
    }

    synchronized void addAll(List<TaskMessages.Part> parts) {
        parts.forEach(part -> tasks.addLast(new Arrived(part.id(), part.payload())));
        notifyAll();
    }

    synchronized void addFunction(long id, ByteBuffer payload) {
        if (!forgotten.remove(id)) {
            functions.put(id, payload);
            notifyAll();
        }
    }

    synchronized void forgetFunction(long id) {
        if (functions.remove(id) == null) {
            forgotten.add(id);
        }
    }

    /** No more will come: a waiting task thread is told. */
    synchronized void close() {
        closed = true;
        notifyAll();
    }

    /** The pool is gone, or cannot be reached: what has not been taken is not run, since it may run elsewhere. */
    synchronized void abandon() {
        tasks.clear();
        close();
    }

    /** The next task, if it is there. */
    synchronized @Nullable Arrived poll() {
        return tasks.pollFirst();
    }

    synchronized boolean isEmpty() {
        return tasks.isEmpty();
    }

    /** Whether {@link #take} would return at once. */
    synchronized boolean isReady() {
        return !tasks.isEmpty() || closed;
    }

    /** The next task; null when closed and empty. */
    synchronized @Nullable Arrived take() throws InterruptedException {
        while (tasks.isEmpty() && !closed) {
            wait();
        }
        return tasks.pollFirst();
    }

    /**
     * The encoded function. It may arrive after a task that needs it, if it is large: frames of different messages interleave.
     *
     * @return null if the link ended before it arrived
     */
    synchronized @Nullable ByteBuffer function(long id) throws InterruptedException {
        ByteBuffer function;
        while ((function = functions.get(id)) == null && !closed) {
            wait();
        }
        return function == null ? null : function.duplicate();
    }

    synchronized boolean knows(long functionId) {
        return functions.containsKey(functionId);
    }

    /** Removes up to {@code count} tasks that have not been taken, the last first, and tells their ids. */
    synchronized List<Long> recall(int count) {
        List<Long> ids = new ArrayList<>(count);
        while (ids.size() < count && !tasks.isEmpty()) {
            ids.add(tasks.removeLast().id());
        }
        return ids;
    }

    /** Removes one task if it has not been taken. */
    synchronized boolean remove(long id) {
        return tasks.removeIf(task -> task.id() == id);
    }
}
