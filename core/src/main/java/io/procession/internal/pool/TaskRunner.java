package io.procession.internal.pool;

import io.procession.internal.codec.Codec;
import io.procession.internal.codec.Encoded;
import io.procession.internal.connection.Connection;
import io.procession.internal.connection.Kind;
import io.procession.internal.connection.Sent;
import io.procession.internal.family.StatusPage;
import io.procession.task.Action;
import io.procession.task.TaskFunction;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * Runs tasks one after the other on the thread that called {@link #run}: decodes, runs, encodes, answers. Everything that may run code of the
 * user happens here, and whatever it throws becomes the task's answer.
 */
final class TaskRunner {
    private final Connection pool;
    private final TaskInbox inbox;
    private final StatusPage page;
    private final Codec codec = Codec.standard();
    private final Map<Long, TaskFunction<@Nullable Object, @Nullable Object>> functions = new HashMap<>();
    private final Thread thread = Thread.currentThread();

    /** The task that is being run, or 0; guarded by this. */
    private long current;

    private int item = -1;

    TaskRunner(Connection pool, TaskInbox inbox, StatusPage page) {
        this.pool = pool;
        this.inbox = inbox;
        this.page = page;
    }

    /** Runs what comes until the inbox is closed and empty. */
    void run() {
        while (true) {
            try {
                TaskInbox.Arrived task = inbox.take();
                if (task == null) {
                    return;
                }
                perform(task);
            } catch (InterruptedException e) {
                // A task kept this thread and interrupted it after its end: nobody waits for that, and the next task
                // must not see it.
            }
        }
    }

    private void perform(TaskInbox.Arrived task) {
        // The evidence comes first: whatever the task does to this process, even while it is decoded, is then known to
        // be its doing.
        page.taskStarted(task.id());
        long start = System.nanoTime();
        item = -1;
        begin(task.id());
        Kind kind = Kind.RESULT;
        boolean spent = false;
        Encoded answer;
        try {
            answer = codec.encode(execute(task.payload()));
        } catch (Throwable e) {
            kind = Kind.FAILURE;
            spent = e instanceof OutOfMemoryError || e.getCause() instanceof OutOfMemoryError;
            answer = codec.encodeFailure(e);
        } finally {
            end();
        }
        long nanos = System.nanoTime() - start;
        ByteBuffer head =
                kind == Kind.RESULT ? TaskMessages.resultHead(nanos) : TaskMessages.failureHead(nanos, item, spent);
        Sent sent = pool.send(kind, task.id(), head, answer);
        if (!sent.isWritten()) {
            awaitWritten(sent);
        }
        page.taskEnded();
    }

    /** The next task is started only when this answer is in the kernel: so a death never leaves doubt about more than one task. */
    private static void awaitWritten(Sent sent) {
        while (true) {
            try {
                sent.await();
                return;
            } catch (InterruptedException e) {
                // As in run().
            } catch (IOException e) {
                return; // the pool is gone; the inbox is being closed and ends the loop
            }
        }
    }

    private @Nullable Object execute(ByteBuffer payload) throws Exception {
        switch (TaskOperation.of(payload.get())) {
            case CALL:
                return ((Callable<?>) decode(payload)).call();
            case RUN:
                run((Runnable) decode(payload));
                return null;
            case MAP:
                return map(function(payload.getLong()), (List<?>) decode(payload));
            default:
                throw new AssertionError("all operations are listed");
        }
    }

    /** An action may throw checked exceptions, and they arrive as they are. */
    private static void run(Runnable code) throws Exception {
        if (code instanceof Action action) {
            action.perform();
        } else {
            code.run();
        }
    }

    private Object decode(ByteBuffer payload) {
        Object value = codec.decode(payload, pool.shapes());
        if (value == null) {
            throw new IllegalStateException("a task arrived as null");
        }
        return value;
    }

    private List<@Nullable Object> map(TaskFunction<@Nullable Object, @Nullable Object> function, List<?> items)
            throws Exception {
        List<@Nullable Object> results = new ArrayList<>(items.size());
        for (Object argument : items) {
            item++;
            page.itemStarted(item);
            results.add(function.apply(argument));
        }
        return results;
    }

    @SuppressWarnings("unchecked")
    private TaskFunction<@Nullable Object, @Nullable Object> function(long id) throws InterruptedException {
        TaskFunction<@Nullable Object, @Nullable Object> function = functions.get(id);
        if (function == null) {
            ByteBuffer encoded = inbox.function(id);
            if (encoded == null) {
                throw new IllegalStateException("the pool ended before its function arrived");
            }
            functions.keySet().removeIf(known -> !inbox.knows(known));
            function = (TaskFunction<@Nullable Object, @Nullable Object>) decode(encoded);
            functions.put(id, function);
        }
        return function;
    }

    /** The thread that runs tasks. */
    Thread thread() {
        return thread;
    }

    private synchronized void begin(long taskId) {
        current = taskId;
    }

    private synchronized void end() {
        current = 0;
        Thread.interrupted(); // an interrupt was meant for the task that has ended
    }

    /** Interrupts the task if it is the one that is being run. From any thread. */
    synchronized void interrupt(long taskId) {
        if (current == taskId) {
            thread.interrupt();
        }
    }
}
