package io.procession.internal.family;

import io.procession.transport.TransportSite;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The family of processes that this process belongs to: as its root, if it was started by anything but this library, else as the child
 * of the process that started it. One a JVM (and class loader), safe for all threads.
 */
public final class Family {
    private static final Object LOCK = new Object();
    private static volatile @Nullable Family current;

    private final File directory;
    private final ProcessIdentity self;
    private final @Nullable ProcessIdentity parent;
    private final int depth;
    private final boolean daemon;
    private final boolean parentDaemon;
    private final Participants participants;
    private final StatusPage status;

    Family(Membership membership, boolean root, File directory, Participants participants, StatusPage status) {
        this.directory = directory;
        this.self = membership.self();
        this.parent = root ? null : membership.parent();
        this.depth = membership.depth();
        this.daemon = membership.daemon();
        this.parentDaemon = membership.parentDaemon();
        this.participants = participants;
        this.status = status;
    }

    /**
     * The family of this process. Its first call in a root makes the family: it chooses and makes the private directory and sweeps away
     * what dead families left.
     *
     * @throws UncheckedIOException if there is no usable directory; the text names all tried and why not
     * @throws IllegalStateException if this process is exiting and has no family yet
     */
    public static Family current() {
        Family family = current;
        if (family == null) {
            synchronized (LOCK) {
                family = current;
                if (family == null) {
                    family = RootFamily.create();
                    current = family;
                }
            }
        }
        return family;
    }

    /** Whether this process has a family already, so that asking for it costs nothing. */
    public static boolean exists() {
        return current != null;
    }

    /**
     * Joins the family of the parent. Called once, by the main class of a child, before anything else.
     *
     * @throws IOException if the family is gone, because its root has died
     */
    public static Family join(Membership given) throws IOException {
        ProcessIdentity self = new ProcessIdentity(
                given.self().incarnation(), OwnPid.read(), given.self().name());
        Membership membership = new Membership(
                given.directory(), self, given.parent(), given.depth(), given.daemon(), given.parentDaemon());
        OwnFamilies.add(given.directory());
        Participants participants = Participants.join(given.directory(), self.incarnation());
        StatusPage status = StatusPage.open(given.directory(), self);
        ExitSequence.register(ExitSequence.Stage.GOODBYE, new Goodbye(status));
        status.state(StatusPage.State.STARTED);
        Family family = new Family(membership, false, given.directory(), participants, status);
        current = family;
        return family;
    }

    /** The private directory (mode 0700) that all processes of the family share, short enough for Unix-domain sockets. */
    public Path directory() {
        return directory.toPath();
    }

    /** This process. */
    public ProcessIdentity self() {
        return self;
    }

    /** The process that started this one; null in the root. */
    public @Nullable ProcessIdentity parent() {
        return parent;
    }

    /** Whether this process began the family. */
    public boolean isRoot() {
        return parent == null;
    }

    /** How many generations this process stands below the root. */
    public int depth() {
        return depth;
    }

    /** Whether the parent ends without waiting for this process. */
    public boolean isDaemon() {
        return daemon;
    }

    /** The same of the parent; false in the root. */
    public boolean isParentDaemon() {
        return parentDaemon;
    }

    /** The page in which this process leaves its evidence. */
    public StatusPage status() {
        return status;
    }

    /** What this process lends to its transports. */
    public TransportSite site() {
        return new TransportSite(directory.toPath(), self.shortName());
    }

    /** Whether the process with this incarnation has joined the family and lives; costs microseconds, no clock, no pid. */
    public boolean isAlive(long incarnation) {
        return participants.isAlive(incarnation);
    }

    /** Lets all files of this family look used: cleaners of temporary folders go by age, and most of ours are never written again. */
    public void refresh() {
        long now = System.currentTimeMillis();
        File[] files = directory.listFiles();
        for (File each : files == null ? new File[0] : files) {
            each.setLastModified(now);
        }
    }

    /**
     * Makes the identity and the status page of a process that this one is about to start.
     *
     * @throws IOException if the page cannot be written; the text says what to do
     */
    public long conceive() throws IOException {
        if (!Participants.existsIn(directory)) {
            throw new IOException("the private directory of this program's processes, " + directory
                    + ", or a file in it has been deleted (by a cleaner of temporary files?). Processes that run go on, but no more can be started:"
                    + " restart the program, and name a safer place by -Dprocession.directory=...");
        }
        Participants.refresh(directory);
        long incarnation;
        do {
            incarnation = Randomness.incarnation();
        } while (!StatusPage.create(directory, incarnation));
        return incarnation;
    }
}
