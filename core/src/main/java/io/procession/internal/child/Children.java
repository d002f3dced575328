package io.procession.internal.child;

import io.procession.internal.family.ExitSequence;
import io.procession.internal.family.Settings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The living children of this process, and their end: this process does not exit before they have. Loaded in a child too, when its parent
 * dies, so it must be cheap.
 */
public final class Children {
    private static final Set<Child> LIVING = new LinkedHashSet<>(); // guarded by itself, as are the two below
    private static boolean hooked;
    private static boolean ending;

    private Children() {}

    /**
     * How long a child that is asked to end may take before it is made to.
     *
     * @return {@code procession.grace}, in milliseconds, else two seconds
     */
    public static Duration grace() {
        return Settings.millis("grace", Duration.ofSeconds(2));
    }

    /** Those that run, oldest first. */
    public static List<Child> living() {
        synchronized (LIVING) {
            return new ArrayList<>(LIVING);
        }
    }

    /** Adds a child at the moment of its start, so that none is started while or after this process ends them all. */
    static void starting(Starter starter) throws java.io.IOException {
        synchronized (LIVING) {
            if (ending || ExitSequence.isRunning()) {
                throw new IllegalStateException("this process is exiting and starts no more children");
            }
            if (!hooked) {
                ExitSequence.register(ExitSequence.Stage.CHILDREN, new End());
                hooked = true;
            }
            LIVING.add(starter.start());
        }
    }

    static void ended(Child child) {
        synchronized (LIVING) {
            LIVING.remove(child);
        }
    }

    static void interruptAll() {
        for (Child child : living()) {
            child.interrupt(true);
        }
    }

    /** For a process whose parent is dead: nobody waits for a grace period any more. */
    static void killAll() {
        for (Child child : living()) {
            child.kill(true);
        }
    }

    /** Not a lambda, as on all paths of a first start: see {@link ColdStart}. */
    private static final class End implements Runnable {
        @Override
        public void run() {
            endAll();
        }
    }

    private static void endAll() {
        synchronized (LIVING) {
            ending = true;
        }
        List<Child> children = living();
        for (Child child : children) {
            child.terminate(false);
        }
        long deadline = System.nanoTime() + grace().toNanos();
        for (Child child : children) {
            if (!child.awaitReaped(deadline)) {
                child.kill(true);
            }
        }
        long lastDeadline = System.nanoTime() + Duration.ofSeconds(2).toNanos();
        for (Child child : children) {
            child.awaitReaped(lastDeadline); // then no thread waits for it in native code
            child.removeFiles(); // its own thread may not come so far any more
        }
    }

    /** Starts one child. */
    interface Starter {
        Child start() throws java.io.IOException;
    }
}
