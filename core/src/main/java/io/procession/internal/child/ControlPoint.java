package io.procession.internal.child;

import io.procession.internal.family.ExitSequence;
import io.procession.internal.family.Family;
import java.io.File;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * Where the children of this process find it: there as long as there are children. It listens only from the moment on at which one of them is about to call,
 * {@link #QUIET_MILLIS} after its start. The first Unix-domain socket of a JVM costs 25 ms of processor time here and 35 there, and would cost
 * them while a program waits for its first child, to whom little has to be said before that; what is said waits. A child that is early asks again.
 */
final class ControlPoint {
    /** How long after its start a child connects. What ends before never pays for it, and a first result does not wait for it. */
    static final long QUIET_MILLIS = 200;

    private static final long PAUSE_NANOS = 20_000_000;
    private static final long MAX_PAUSE_NANOS = 2_000_000_000;

    private static final Object LOCK = new Object();

    private static @Nullable ControlPoint current; // guarded by LOCK, as are all others but the map
    private static int children;
    private static int sequence;

    private final Descriptors descriptors = new Descriptors();
    private final File file;
    private final Family family;
    private final Map<Long, ControlChannel> expected = new ConcurrentHashMap<>();
    private @Nullable Thread listener;
    private @Nullable ControlServer server;
    private boolean closed;

    private ControlPoint(File file, Family family) {
        this.file = file;
        this.family = family;
    }

    /** That of this process, which each child keeps from its start to {@link #release}. */
    static ControlPoint acquire(Family family) {
        synchronized (LOCK) {
            ControlPoint point = current;
            if (point == null) {
                String name = "c" + family.self().shortName() + "." + Integer.toString(sequence++ % 1_000_000, 36);
                point = new ControlPoint(new File(family.directory().toFile(), name), family);
                if (sequence == 1) {
                    ExitSequence.register(ExitSequence.Stage.CONTROL, new AtExit());
                }
                current = point;
            }
            children++;
            return point;
        }
    }

    /** Where children connect. */
    String address() {
        return file.getPath();
    }

    void expect(ControlChannel channel) {
        expected.put(channel.incarnation, channel);
    }

    /** Listens from now on, if it does not yet; does not wait for that. For who has acquired this and not released it. */
    void open() {
        synchronized (LOCK) {
            if (listener == null && !closed) {
                Thread thread = new Listener();
                thread.start();
                listener = thread; // only if there was one to be had; else another child asks for it, or the same again
            }
        }
    }

    /** Forgets a child that has ended. */
    void release(ControlChannel channel) {
        expected.remove(channel.incarnation);
        synchronized (LOCK) {
            if (--children == 0) {
                current = null;
                close();
            }
        }
    }

    /** Under the lock. */
    private void close() {
        closed = true;
        if (server != null) {
            server.close();
        }
        LockSupport.unpark(listener);
    }

    /** What keeps it from listening, too many open files for example, mostly passes; meanwhile its children ask again and again. */
    private final class Listener extends Thread {
        Listener() {
            super("procession-control");
            setDaemon(true);
        }

        @Override
        public void run() {
            ControlServer opened = null;
            boolean told = false;
            for (long pause = PAUSE_NANOS; opened == null; pause = Math.min(2 * pause, MAX_PAUSE_NANOS)) {
                try {
                    opened = open();
                } catch (IOException | RuntimeException | Error refused) {
                    if (pause >= MAX_PAUSE_NANOS && !told) {
                        told = true;
                        LoggerFactory.getLogger(ControlPoint.class)
                                .warn(
                                        "cannot listen for child processes at {}: until this is possible, interrupts, cancellations and deadlines do not reach them",
                                        file,
                                        refused);
                    }
                    LockSupport.parkNanos(pause);
                }
                synchronized (LOCK) {
                    if (closed) {
                        return;
                    }
                }
            }
            opened.serve();
        }

        private ControlServer open() throws IOException {
            descriptors.require();
            ControlServer opened = new ControlServer(file, family, expected);
            synchronized (LOCK) {
                server = opened;
                if (closed) {
                    opened.close();
                }
            }
            return opened;
        }
    }

    /** Not a lambda, which could be the first of its program. */
    private static final class AtExit implements Runnable {
        @Override
        public void run() {
            synchronized (LOCK) {
                ControlPoint point = current;
                if (point != null) {
                    point.close();
                }
            }
        }
    }
}
