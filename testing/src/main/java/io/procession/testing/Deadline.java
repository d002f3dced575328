package io.procession.testing;

import java.time.Duration;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** One test under watch: a thread that waits for its end or acts. */
final class Deadline implements Runnable {
    private static final Duration LAST_CHANCE = Duration.ofSeconds(30);
    private static final int EXIT_CODE = 98;

    private final String name;
    private final Duration limit;
    private final Thread watched = Thread.currentThread();
    private final Set<ProcessHandle> before =
            ProcessHandle.current().descendants().collect(Collectors.toSet());
    private final Thread watcher;
    private boolean ended; // guarded by this
    private @Nullable AssertionError missed; // guarded by this

    private Deadline(String name, Duration limit) {
        this.name = name;
        this.limit = limit;
        this.watcher = new Thread(this, "watchdog of " + name);
    }

    static Deadline arm(String name, Duration limit) {
        Deadline deadline = new Deadline(name, limit);
        deadline.watcher.setDaemon(true);
        deadline.watcher.start();
        return deadline;
    }

    /** Ends the watch; returns the failure if it came too late. */
    @Nullable
    AssertionError disarm() {
        synchronized (this) {
            ended = true;
            notifyAll();
        }
        boolean interrupted = false;
        while (watcher.isAlive()) { // a watcher in action may still interrupt us: that must not hit the next test
            try {
                watcher.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        synchronized (this) {
            if (missed != null) {
                Thread.interrupted();
                return missed;
            }
        }
        if (interrupted) {
            watched.interrupt();
        }
        return null;
    }

    @Override
    public void run() {
        if (endedWithin(limit)) {
            return;
        }
        String killed = act();
        synchronized (this) {
            missed = new AssertionError(name + " did not end within " + limit.toSeconds()
                    + " s; the stacks of this JVM and of those below it are on stderr; killed: " + killed);
            missed.setStackTrace(watched.getStackTrace());
            if (!ended) {
                watched.interrupt();
            }
        }
        if (!endedWithin(LAST_CHANCE)) {
            say(name + " does not end, not even interrupted and without its children. This JVM ends now.\n"
                    + StackDump.ofThisJvm());
            Runtime.getRuntime().halt(EXIT_CODE);
        }
    }

    private String act() {
        say(name + " did not end within " + limit.toSeconds() + " s.\n" + StackDump.ofThisJvmAndAllBelow());
        Set<ProcessHandle> started = ProcessHandle.current()
                .descendants()
                .filter(process -> !before.contains(process))
                .collect(Collectors.toSet());
        started.forEach(ProcessHandle::destroyForcibly);
        return started.isEmpty()
                ? "no process"
                : "pids " + started.stream().map(ProcessHandle::pid).toList();
    }

    private synchronized boolean endedWithin(Duration time) {
        long until = System.nanoTime() + time.toNanos();
        for (long left = time.toNanos(); !ended && left > 0; left = until - System.nanoTime()) {
            try {
                wait(left / 1_000_000 + 1);
            } catch (InterruptedException e) {
                // Nobody interrupts this thread but a test that interrupts whatever it finds; it is watched all the
                // same.
            }
        }
        return ended;
    }

    @SuppressWarnings("SystemOut") // the one place where a hanging test can be heard
    private static void say(String text) {
        System.err.println(text);
    }
}
