package io.procession.transport.socket;

import java.util.concurrent.atomic.AtomicInteger;

/** Threads of this transport: they keep no JVM alive, and nothing of whoever happened to start them. */
final class SocketThreads {
    private static final AtomicInteger NUMBER = new AtomicInteger();

    private SocketThreads() {}

    static Thread unstarted(String site, String role, Runnable body) {
        String name = "procession-socket-" + site + "-" + role + "-" + NUMBER.incrementAndGet();
        Thread thread = new Thread(null, body, name, 0, false);
        thread.setDaemon(true);
        thread.setContextClassLoader(SocketThreads.class.getClassLoader());
        return thread;
    }
}
