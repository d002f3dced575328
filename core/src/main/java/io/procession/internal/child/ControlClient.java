package io.procession.internal.child;

import io.procession.internal.family.ExitSequence;
import io.procession.internal.family.Family;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The child's end of the control plane: a thread that reads what the parent says, and ends this process when the parent is gone, by
 * end of file while the process runs, by the participants file while it exits (no thread may then wait in native code, which would cost
 * 300 ms). It is also what ends a child whose shutdown hooks never return.
 */
final class ControlClient extends Thread {
    /** How long a process may live before it ignores SIGINT. Most of those that end at once end in it. */
    private static final long QUIET_NANOS = 25_000_000;
    /** And before its parent is connected: see {@link ControlPoint}. */
    private static final long CONNECT_NANOS = ControlPoint.QUIET_MILLIS * 1_000_000;
    /** How often a process that is not connected looks for its parent. */
    private static final long WATCH_NANOS = 20_000_000;
    /** And how often it calls it at least. */
    private static final long MAX_PAUSE_NANOS = 1_000_000_000;
    /** A process that cannot even ask for its parent for half a second, because it has no memory left, counts as without one. */
    private static final int MOST_FAILURES = 25;
    /** How long shutdown hooks have once the parent is gone. */
    private static final long ORPHAN_NANOS = 700_000_000;
    /** As after SIGHUP, which a program gets when its terminal is gone. Nobody is left to read it. */
    private static final int ORPHAN_EXIT_CODE = 129;

    private final Descriptors descriptors = new Descriptors();
    private final Bootstrap bootstrap;
    private final Family family;
    private volatile boolean exiting;
    private volatile @Nullable SocketChannel channel;

    ControlClient(Bootstrap bootstrap, Family family) {
        super("procession-control");
        setDaemon(true);
        this.bootstrap = bootstrap;
        this.family = family;
        ExitSequence.register(ExitSequence.Stage.CONTROL, new Exiting());
    }

    @Override
    public void run() {
        LockSupport.parkNanos(QUIET_NANOS);
        ignoreInterrupts();
        LockSupport.parkNanos(CONNECT_NANOS);
        callWhileParentLives();
        orphaned();
    }

    private void ignoreInterrupts() {
        try {
            if (!exiting) {
                IgnoredInterrupt.install();
            }
        } catch (RuntimeException | Error noMemory) {
            // A Ctrl-C in the terminal may end this process, then, before its parent does.
        }
    }

    /**
     * A parent that does not listen yet, or for a moment cannot, or that dropped the call, is called again as long as it lives; so it is when this process could not
     * call, because its user has taken all descriptors or all memory. This thread must not end before its process: nothing else would end that.
     */
    private void callWhileParentLives() {
        long parent = bootstrap.membership().parent().incarnation();
        long pause = WATCH_NANOS;
        long next = System.nanoTime();
        for (int failures = 0; failures < MOST_FAILURES; pauseBeforeNextCall()) {
            if (!exiting && System.nanoTime() - next >= 0) {
                call();
                pause = Math.min(2 * pause, MAX_PAUSE_NANOS);
                next = System.nanoTime() + pause;
            }
            try {
                if (!family.isAlive(parent)) {
                    return;
                }
                failures = 0;
            } catch (RuntimeException | Error noMemory) {
                failures++;
            }
        }
    }

    private static void pauseBeforeNextCall() {
        LockSupport.parkNanos(WATCH_NANOS);
    }

    /** Returns when there is no connection, or none any more. */
    private void call() {
        try {
            descriptors.require();
        } catch (IOException | RuntimeException | Error none) {
            return;
        }
        try (SocketChannel open = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            open.connect(UnixDomainSocketAddress.of(bootstrap.controlSocket()));
            converse(open);
        } catch (IOException | RuntimeException | Error refusedOrBroken) {
            // no worse than one that has ended
        }
    }

    private void converse(SocketChannel open) throws IOException {
        ByteBuffer hello = ByteBuffer.allocate(ControlMessage.HELLO_BYTES);
        hello.put(bootstrap.token().duplicate())
                .putLong(family.self().incarnation())
                .flip();
        while (hello.hasRemaining()) {
            open.write(hello);
        }
        channel = open;
        if (exiting) { // SYNC: volatile against Exiting.run, which sets exiting before it reads channel
            return;
        }
        ByteBuffer length = ByteBuffer.allocate(Integer.BYTES);
        while (fill(open, length)) {
            ByteBuffer message = ByteBuffer.allocate(length.flip().getInt());
            if (!fill(open, message)) {
                return;
            }
            byte kind = message.flip().get();
            ControlHandlers.dispatch(kind, message.slice());
            length.clear();
        }
    }

    private static boolean fill(SocketChannel open, ByteBuffer target) throws IOException {
        while (target.hasRemaining()) {
            if (open.read(target) < 0) {
                return false;
            }
        }
        return true;
    }

    private static void orphaned() {
        long deadline = System.nanoTime() + ORPHAN_NANOS;
        try {
            Children.killAll();
            new OrphanExit().start();
        } catch (RuntimeException | Error noMemory) {
            // The children will notice by themselves, and this process is halted below.
        }
        for (long left = ORPHAN_NANOS; left > 0; left = deadline - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
        Runtime.getRuntime().halt(ORPHAN_EXIT_CODE);
    }

    /** Wakes the reader out of native code, and leaves it watching: hooks of the user may still hang. */
    private final class Exiting implements Runnable {
        @Override
        public void run() {
            exiting = true;
            SocketChannel open = channel;
            if (open != null) {
                try {
                    open.shutdownInput();
                } catch (IOException closedAlready) {
                    // then the reader is not reading
                }
            }
            LockSupport.unpark(ControlClient.this);
        }
    }

    private static final class OrphanExit extends Thread {
        OrphanExit() {
            super("procession-orphan-exit");
            setDaemon(true);
        }

        @Override
        public void run() {
            Runtime.getRuntime().exit(ORPHAN_EXIT_CODE);
        }
    }
}
