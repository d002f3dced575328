package io.procession.internal.pool;

import io.procession.internal.connection.Connection;
import io.procession.internal.connection.Kind;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * Tells the pool what the threads of this worker do when a task has come to its deadline, and interrupts the task. On a thread of its own: the control
 * thread must not wait for a link that takes nothing.
 */
final class DeadlineDump extends Thread {
    /** The interrupt does not wait longer for the dump to leave. */
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private static final int MAX_CHARS = 60 * 1024;

    private final Connection pool;
    private final TaskRunner runner;
    private final long taskId;

    private DeadlineDump(Connection pool, TaskRunner runner, long taskId) {
        super("procession-deadline");
        setDaemon(true);
        this.pool = pool;
        this.runner = runner;
        this.taskId = taskId;
    }

    static void begin(Connection pool, TaskRunner runner, long taskId) {
        try {
            new DeadlineDump(pool, runner, taskId).start();
        } catch (RuntimeException | Error noThread) {
            runner.interrupt(taskId);
        }
    }

    @Override
    public void run() {
        try {
            ByteBuffer text = ByteBuffer.wrap(stacks().getBytes(StandardCharsets.UTF_8));
            pool.send(Kind.DUMP, taskId, text).await(PATIENCE); // before the answer that the interrupt brings about
        } catch (IOException | InterruptedException | RuntimeException | Error noDump) {
            // then there is none: what counts is the interrupt
        } finally {
            runner.interrupt(taskId);
        }
    }

    private String stacks() {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        StringBuilder text = new StringBuilder();
        long first = runner.thread().getId();
        append(text, threads.getThreadInfo(new long[] {first}, true, true)[0]);
        for (ThreadInfo thread : threads.dumpAllThreads(true, true)) {
            if (text.length() > MAX_CHARS) {
                text.append("... and more\n");
                break;
            }
            if (thread.getThreadId() != first && thread.getThreadId() != getId()) {
                append(text, thread);
            }
        }
        text.setLength(Math.min(text.length(), MAX_CHARS + 64));
        return text.toString();
    }

    /** As {@link ThreadInfo#toString}, which leaves out all but eight frames. */
    private static void append(StringBuilder text, ThreadInfo thread) {
        text.append('"').append(thread.getThreadName()).append("\" ").append(thread.getThreadState());
        if (thread.getLockName() != null) {
            text.append(" on ").append(thread.getLockName());
        }
        if (thread.getLockOwnerName() != null) {
            text.append(" owned by \"").append(thread.getLockOwnerName()).append('"');
        }
        text.append('\n');
        for (StackTraceElement frame : thread.getStackTrace()) {
            text.append("    at ").append(frame).append('\n');
        }
    }
}
