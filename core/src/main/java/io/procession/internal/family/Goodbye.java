package io.procession.internal.family;

/**
 * Marks that this process leaves through its shutdown hooks, and whether a signal made it: the JDK runs the exit from a thread named after
 * the signal. An exit code of 143 or 137 alone cannot tell.
 */
final class Goodbye implements Runnable {
    private static final String[] HANDLERS = {"SIGTERM handler", "SIGHUP handler", "SIGINT handler"};
    private static final int[] SIGNALS = {15, 1, 2};

    private final StatusPage status;

    Goodbye(StatusPage status) {
        this.status = status;
    }

    @Override
    public void run() {
        status.goodbye(signal());
    }

    private static int signal() {
        ThreadGroup top = Thread.currentThread().getThreadGroup();
        while (top.getParent() != null) {
            top = top.getParent();
        }
        Thread[] threads = new Thread[top.activeCount() + 64];
        int count = top.enumerate(threads, true);
        for (int handler = 0; handler < HANDLERS.length; handler++) {
            for (int thread = 0; thread < count; thread++) {
                if (threads[thread].getName().equals(HANDLERS[handler])) {
                    return SIGNALS[handler];
                }
            }
        }
        return 0;
    }
}
