package io.procession.internal.pool;

import io.procession.internal.codec.Codec;
import io.procession.internal.codec.EncodeTarget;
import io.procession.internal.codec.Encoded;
import io.procession.internal.connection.Connection;
import io.procession.internal.connection.Kind;
import io.procession.internal.connection.MessageMemory;
import io.procession.internal.family.StatusPage;
import io.procession.task.Action;
import io.procession.task.TaskFunction;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * Runs tasks one after the other on the thread that called {@link #run}: decodes, runs, encodes, answers. Everything that may run code of the
 * user happens here, and whatever it throws becomes the task's answer.
 */
final class TaskRunner {
    /** More are not on their way to one worker at once by far. */
    private static final int MOST_WITHDRAWN = 1024;

    private final Connection pool;
    private final TaskInbox inbox;
    private final StatusPage page;
    private final LogContext names;
    private final HeldResults held;
    private final Codec codec = Codec.standard();
    private final EncodeTarget target;
    private final Map<Long, TaskFunction<@Nullable Object, @Nullable Object>> functions = new HashMap<>();
    private final Thread thread = Thread.currentThread();

    /** The task that is being run, or 0; guarded by this. */
    private long current;

    /**
     * Tasks that were withdrawn or cancelled while they had neither begun nor could be found in the inbox: a large message is overtaken by small ones and by
     * the control channel, and for a moment a task is in nobody's hands. They shall not begin. Those that had ended are among them, so the oldest are dropped.
     * Guarded by this.
     */
    private final Map<Long, Boolean> withdrawn = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, Boolean> eldest) {
            return size() > MOST_WITHDRAWN;
        }
    };

    /** Nobody wants what is left of the current task; guarded by this for writing. */
    private volatile boolean abandoned;

    /** The chunk that is being run, if it is one. */
    private @Nullable ChunkRun chunk;

    private boolean each;

    /**
     * @param workerName for the log lines of tasks
     */
    TaskRunner(Connection pool, TaskInbox inbox, StatusPage page, String workerName) {
        this.names = new LogContext(workerName);
        this.pool = pool;
        this.target = pool.target();
        this.inbox = inbox;
        this.page = page;
        this.held = new HeldResults(pool, page);
    }

    /** Runs what comes until the inbox is closed and empty. */
    void run() {
        while (true) {
            try {
                TaskInbox.Arrived task = inbox.poll();
                if (task == null) {
                    held.flush();
                    task = await();
                }
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

    /** The next task; null when there will be none. */
    private TaskInbox.@Nullable Arrived await() throws InterruptedException {
        long begun = System.nanoTime();
        pool.receiveHere(inbox::isReady);
        TaskInbox.Arrived task = inbox.take();
        if (task != null) {
            pool.waited(System.nanoTime() - begun);
        }
        return task;
    }

    private void perform(TaskInbox.Arrived task) {
        // The evidence comes first: whatever the task does to this process, even while it is decoded, is then known to
        // be its doing.
        page.taskStarted(task.id());
        long start = System.nanoTime();
        chunk = null;
        each = false;
        if (!begin(task.id())) {
            held.flush();
            pool.send(Kind.RETURNED, task.id(), TaskMessages.returned(List.of(task.id())));
            page.taskEnded();
            return;
        }
        names.begin(task.id());
        Kind kind = Kind.RESULT;
        boolean spent = false;
        Encoded answer;
        try {
            answer = execute(task.payload());
        } catch (Throwable e) {
            kind = Kind.FAILURE;
            spent = isSpentBy(e);
            answer = codec.encodeFailure(e, target);
        } finally {
            names.end();
            end();
        }
        long nanos = System.nanoTime() - start;
        ByteBuffer head = head(kind, nanos, spent);
        boolean more = kind == Kind.RESULT && !inbox.isEmpty();
        // The next task is started only when this answer is in the kernel, or in the page: so a death never leaves
        // doubt about more than one task.
        if (!held.hold(task.id(), head, answer, nanos, more)) {
            held.flush();
            HeldResults.awaitWritten(pool.send(kind, task.id(), head, answer));
        }
        page.taskEnded();
    }

    /** Whether the failure leaves this process unfit for more. */
    static boolean isSpentBy(Throwable failure) {
        return failure instanceof OutOfMemoryError || failure.getCause() instanceof OutOfMemoryError;
    }

    private ByteBuffer head(Kind kind, long nanos, boolean spent) {
        ChunkRun ran = chunk;
        if (kind == Kind.FAILURE) {
            return TaskMessages.failureHead(nanos, ran == null ? -1 : ran.item(), spent);
        }
        return ran == null || !each ? TaskMessages.resultHead(nanos) : TaskMessages.resultHead(nanos, ran.failures());
    }

    private Encoded execute(ByteBuffer payload) throws Exception {
        switch (TaskOperation.of(payload.get())) {
            case CALL:
                return codec.encode(((Callable<?>) decodeWhole(payload)).call(), target);
            case RUN:
                run((Runnable) decodeWhole(payload));
                return codec.encode(null);
            case MAP:
                return chunk(payload).untilFailure();
            case MAP_EACH:
                each = true;
                return chunk(payload).each();
            default:
                throw new AssertionError("all operations are listed");
        }
    }

    private ChunkRun chunk(ByteBuffer payload) throws InterruptedException {
        TaskFunction<@Nullable Object, @Nullable Object> function = function(payload.getLong());
        ChunkRun run = new ChunkRun(function, (List<?>) decodeWhole(payload), target, page, () -> abandoned);
        chunk = run;
        return run;
    }

    /** An action may throw checked exceptions, and they arrive as they are. */
    private static void run(Runnable code) throws Exception {
        if (code instanceof Action action) {
            action.perform();
        } else {
            code.run();
        }
    }

    /** What ends its message, whose memory serves others from then on. */
    private Object decodeWhole(ByteBuffer payload) {
        Object value = decode(payload);
        MessageMemory.giveBack(payload);
        return value;
    }

    private Object decode(ByteBuffer payload) {
        Object value = codec.decode(payload, pool.shapes());
        if (value == null) {
            throw new IllegalStateException("a task arrived as null");
        }
        return value;
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

    /** False if the task is not to be run. */
    private synchronized boolean begin(long taskId) {
        if (withdrawn.remove(taskId) != null) {
            return false;
        }
        current = taskId;
        abandoned = false;
        return true;
    }

    private synchronized void end() {
        current = 0;
        Thread.interrupted(); // an interrupt was meant for the task that has ended
    }

    /** Nobody wants the answer of the task any more: if it is being run, it ends with the item it is at, and it does not begin any more. From any thread. */
    synchronized void abandon(long taskId) {
        if (current == taskId) {
            abandoned = true;
        } else {
            withdrawn.put(taskId, true);
        }
    }

    /** Interrupts the task if it is being run; it does not begin any more. From any thread. */
    synchronized void interrupt(long taskId) {
        if (current == taskId) {
            thread.interrupt();
        } else {
            withdrawn.put(taskId, true);
        }
    }
}
