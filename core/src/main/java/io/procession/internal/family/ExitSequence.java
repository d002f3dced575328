package io.procession.internal.family;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The order in which this process takes itself down, in one shutdown hook: JDK hooks run all at once, and closing connections
 * while a pool still ends its workers would lose results.
 *
 * <p><b>The exit trap.</b> The JVM waits 300 ms more for every exit at which a thread is blocked in native code (a read, a selector, a
 * {@code waitpid}). Whatever a stage leaves behind must be parked or ended, not reading.
 */
public final class ExitSequence {
    /** The stages, in their order. Within one, what was registered last closes first. */
    public enum Stage {
        /** The goodbye mark: says that the hooks ran at all. */
        GOODBYE,
        /** Pools give up their tasks and workers. */
        POOLS,
        /** Child processes are ended. */
        CHILDREN,
        /** What was sent is written out, then connections close. */
        CONNECTIONS,
        /** The control channels. */
        CONTROL,
        /** The family directory, if this process is the root. */
        FAMILY
    }

    /** What can be taken back. */
    public static final class Registration {
        private final Stage stage;
        private final Runnable closer;

        private Registration(Stage stage, Runnable closer) {
            this.stage = stage;
            this.closer = closer;
        }

        /** Forgets the closer, because what it would close is closed already. */
        public void cancel() {
            synchronized (CLOSERS) {
                CLOSERS.get(stage.ordinal()).removeFirstOccurrence(this);
            }
        }
    }

    // Not an EnumMap, which reflects over the enum: 6 ms in a cold JDK 25.
    private static final List<Deque<Registration>> CLOSERS = new ArrayList<>();
    private static boolean hooked;
    private static volatile boolean running;

    static {
        while (CLOSERS.size() <= Stage.FAMILY.ordinal()) {
            CLOSERS.add(new ArrayDeque<>());
        }
    }

    private ExitSequence() {}

    /**
     * Adds something to close when this process exits.
     *
     * @param stage when
     * @param closer closes it within a bound of its own; what it throws is reported and does not stop the others
     * @return to take it back
     * @throws IllegalStateException if this process is exiting already
     */
    public static Registration register(Stage stage, Runnable closer) {
        Registration registration = new Registration(stage, closer);
        synchronized (CLOSERS) {
            if (!hooked) {
                Runtime.getRuntime().addShutdownHook(new Hook()); // throws if the JVM is exiting
                hooked = true;
            }
            if (running) {
                throw new IllegalStateException("this process is exiting");
            }
            CLOSERS.get(stage.ordinal()).addFirst(registration);
        }
        return registration;
    }

    /** Whether this process has begun to exit. */
    public static boolean isRunning() {
        return running;
    }

    private static final class Hook extends Thread {
        Hook() {
            super("procession-exit");
        }

        @Override
        public void run() {
            for (Stage stage : Stage.values()) {
                for (Runnable closer = next(stage); closer != null; closer = next(stage)) {
                    close(stage, closer);
                }
            }
        }

        private static @Nullable Runnable next(Stage stage) {
            synchronized (CLOSERS) {
                running = true;
                Registration registration = CLOSERS.get(stage.ordinal()).pollFirst();
                return registration == null ? null : registration.closer;
            }
        }

        private static void close(Stage stage, Runnable closer) {
            try {
                closer.run();
            } catch (NoClassDefFoundError e) {
                if (!isOurs(e)) {
                    report(stage, e);
                } // else whoever loaded this library has closed its class loader, as Maven's exec:java does, and there
                // are no
                // more classes of it: connections end with the process, and the next program sweeps what is left
            } catch (RuntimeException | Error e) {
                report(stage, e);
            }
        }

        private static boolean isOurs(NoClassDefFoundError missing) {
            String name = missing.getMessage();
            return name != null && name.startsWith("io/procession/");
        }

        private static void report(Stage stage, Throwable e) {
            // The logging of the program may be gone by now; the console is what is left.
            System.err.println("procession: while exiting, stage " + stage + ": " + e);
        }
    }
}
