package io.procession.internal.pool;

import org.slf4j.MDC;

/**
 * Puts the names of the worker and of the task into the logging context (MDC) of the thread that runs it: {@code procession.worker} and
 * {@code procession.task}. Only once something in this process has used SLF4J: to touch the MDC first would load a logging back end, which costs 70 to 300
 * ms, in each worker, even if no task ever logs. So a worker's very first log lines may lack them. Used by one thread.
 */
final class LogContext {
    static final String WORKER = "procession.worker";
    static final String TASK = "procession.task";

    /** Of this package are classes that SLF4J loads when the first logger is asked for. */
    private static final String SIGN_OF_USE = "org.slf4j.helpers";

    private final String worker;
    private boolean inUse;

    LogContext(String worker) {
        this.worker = worker;
    }

    void begin(long task) {
        if (isInUse()) {
            MDC.put(WORKER, worker);
            MDC.put(TASK, Long.toString(task));
        }
    }

    void end() {
        if (isInUse()) {
            MDC.remove(WORKER);
            MDC.remove(TASK);
        }
    }

    private boolean isInUse() {
        if (!inUse) {
            ClassLoader loader = LogContext.class.getClassLoader();
            inUse = loader != null && loader.getDefinedPackage(SIGN_OF_USE) != null;
        }
        return inUse;
    }
}
