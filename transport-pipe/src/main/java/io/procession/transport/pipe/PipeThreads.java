package io.procession.transport.pipe;

import java.util.concurrent.atomic.AtomicInteger;

/** Threads of this transport: they keep no JVM alive, and nothing of whoever happened to start them. */
final class PipeThreads {
    private static final AtomicInteger NUMBER = new AtomicInteger();

    private PipeThreads() {}

    static String name(String site, String role) {
        return "procession-pipe-" + site + "-" + role + "-" + NUMBER.incrementAndGet();
    }

    static Thread start(String name, Runnable body) {
        Thread thread = new Thread(null, body, name, 0, false);
        thread.setDaemon(true);
        thread.setContextClassLoader(PipeThreads.class.getClassLoader());
        thread.start();
        return thread;
    }
}
