package io.procession.internal.child;

import io.procession.internal.family.Family;
import io.procession.internal.family.ProcessIdentity;
import io.procession.internal.family.StatusPage;
import io.procession.internal.family.StatusPageReader;
import java.io.File;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/**
 * A child JVM, from its start to its end. Safe for all threads; whatever is done to a child that has ended does nothing.
 *
 * <p>Signals go through {@link ProcessHandle}, which compares the start time and so never hits a process that got the pid later. ({@link Process#destroy} would also
 * close the streams, and with them lose what the child has to say.)
 */
public final class Child {
    /** How long after its end the output and the connections of a child may take to be emptied, before that is reported as incomplete. */
    static final long DRAIN_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final ProcessIdentity identity;
    private final boolean daemon;
    private final Process process;
    private final ProcessHandle handle;
    private final ControlChannel control;
    private final StatusPageReader status;
    private final Tail stderr;
    private final List<File> files;
    private final CompletableFuture<Integer> reaped = new CompletableFuture<>();
    private final CompletableFuture<Exit> exited = new CompletableFuture<>();

    Child(
            ProcessIdentity identity,
            boolean daemon,
            Process process,
            ControlChannel control,
            StatusPageReader status,
            Tail stderr,
            List<File> files) {
        this.identity = identity;
        this.daemon = daemon;
        this.process = process;
        this.handle = process.toHandle();
        this.control = control;
        this.status = status;
        this.stderr = stderr;
        this.files = files;
    }

    /** Who it is. */
    public ProcessIdentity identity() {
        return identity;
    }

    /** Its number in the operating system. */
    public long pid() {
        return identity.pid();
    }

    /** Whether this process may end without waiting for it. */
    public boolean isDaemon() {
        return daemon;
    }

    /** Whether its process exists. Turns false before {@link #exited()} completes. */
    public boolean isAlive() {
        return !reaped.isDone() && process.isAlive();
    }

    /** Completes with the exit code as soon as the process has ended, whatever is still on its way. On a thread that dependents must not hold up. */
    public CompletableFuture<Integer> reaped() {
        return reaped;
    }

    /**
     * Completes when the process has ended <em>and</em> what it sent over connections and wrote to piped outputs has arrived, each within a
     * bound. On a thread that dependents must not hold up.
     */
    public CompletableFuture<Exit> exited() {
        return exited;
    }

    /** What it leaves as evidence; readable after its end too. */
    public StatusPageReader status() {
        return status;
    }

    /** Its last lines on stderr, if those go through this process; else empty. */
    public List<String> stderrTail() {
        return stderr.lines();
    }

    /**
     * Sends a message to a handler in the child. Does not block; what the child does not read any more is dropped.
     *
     * @param kind from {@link ControlMessage#FIRST_FREE_KIND}
     * @param payload at most {@link ControlMessage#MAX_PAYLOAD_BYTES}, copied
     */
    public void control(byte kind, ByteBuffer payload) {
        if (isAlive()) {
            control.say(kind, payload);
        }
    }

    /**
     * Whether it hears what {@link #control} says.
     *
     * @return false until it has connected, which it does a fraction of a second after its start
     */
    public boolean isControlled() {
        return control.isConnected();
    }

    /**
     * Interrupts its main thread.
     *
     * @param withDescendants whether its children shall be interrupted too
     */
    public void interrupt(boolean withDescendants) {
        control(ControlMessage.INTERRUPT, ByteBuffer.wrap(new byte[] {(byte) (withDescendants ? 1 : 0)}));
    }

    /** Asks it to end (SIGTERM): its shutdown hooks run. */
    public void terminate(boolean withDescendants) {
        signal(withDescendants, false);
    }

    /** Ends it (SIGKILL). */
    public void kill(boolean withDescendants) {
        signal(withDescendants, true);
    }

    private void signal(boolean withDescendants, boolean force) {
        if (!isAlive()) {
            return;
        }
        // Taken before the parent dies: orphans are nobody's descendants.
        List<ProcessHandle> descendants = List.of();
        if (withDescendants) {
            try (Stream<ProcessHandle> found = handle.descendants()) {
                descendants = found.toList();
            }
        }
        signal(handle, force);
        for (ProcessHandle descendant : descendants) {
            signal(descendant, force);
        }
    }

    private static void signal(ProcessHandle target, boolean force) {
        boolean sent = force ? target.destroyForcibly() : target.destroy();
        if (!sent && target.isAlive()) {
            throw new IllegalStateException("the operating system refused to signal pid " + target.pid());
        }
    }

    /**
     * Waits, not interruptibly and within a bound of some seconds, for {@link #exited()} of a child that was killed.
     *
     * @return whether this thread was interrupted meanwhile; its flag is then clear
     */
    public boolean awaitExited() {
        await(exited, System.nanoTime() + DRAIN_NANOS + TimeUnit.SECONDS.toNanos(2));
        return Thread.interrupted();
    }

    /** Waits, not interruptibly, until the process has ended. */
    boolean awaitReaped(long deadline) {
        return await(reaped, deadline);
    }

    private static boolean await(CompletableFuture<?> future, long deadline) {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    future.get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
                    return true;
                } catch (InterruptedException e) {
                    interrupted = true;
                } catch (TimeoutException | ExecutionException e) {
                    return false;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /**
     * Waits for the end of the process, but not longer than a given time; in Java, as {@link #awaitProcess()}.
     *
     * @return whether it has ended
     */
    boolean awaitProcess(long millis) {
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        while (true) {
            try {
                return process.waitFor(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
            } catch (InterruptedException nobodysBusiness) {
                // as below
            }
        }
    }

    /** Waits in Java, not in native code: the JDK's own thread does that. */
    int awaitProcess() {
        while (true) {
            try {
                int code = process.waitFor();
                reaped.complete(code);
                return code;
            } catch (InterruptedException nobodysBusiness) {
                // this thread ends with the child, and not before
            }
        }
    }

    void complete(Exit exit) {
        exited.complete(exit);
    }

    Process process() {
        return process;
    }

    /** Removes what the child had not read, and its status page. */
    void removeFiles() {
        for (File file : files) {
            file.delete();
        }
        StatusPage.delete(Family.current().directory(), identity.incarnation());
    }

    @Override
    public String toString() {
        return identity.toString();
    }
}
