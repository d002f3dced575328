package io.procession.transport.shm;

import io.procession.transport.shm.memory.Uninterrupted;
import io.procession.transport.shm.queue.Place;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Where the files of a process's links lie: in the family's own directory if that is in memory, else in a directory of the family's below {@code /dev/shm} (or where the user
 * wants them), else in the family's directory whatever it is on.
 *
 * <pre>
 *   /dev/shm/procession-1000/                            of this user, mode 0700
 *       1f-3e81%2Ftmp%2Fprocession-1000%2F.f-k3jd81ab/   of one family; {@link FamilyName} says how it is called
 *           main-m1.7                                    the rings of a link, until both sides have mapped it
 *           main-m1.7.u0                                 a segment, likewise
 *           main-q1, main-q1.0                           the memory of a queue, while its owner lives
 * </pre>
 */
final class MemoryPlace implements Place {
    private static final Path MEMORY = Path.of("/dev/shm");
    private static final boolean POSIX =
            FileSystems.getDefault().supportedFileAttributeViews().contains("unix");
    private static final AtomicInteger NUMBER = new AtomicInteger();
    private static final int ATTEMPTS = 4;
    private static final long PATIENCE_MILLIS = 25;

    private final Path directory;
    private final boolean own;
    private final String prefix;

    private MemoryPlace(Path directory, boolean own, String prefix) {
        this.directory = directory;
        this.own = own;
        this.prefix = prefix;
    }

    /**
     * The place of a process. What dead families left there is swept.
     *
     * @param family the private directory of the family
     * @param siteName with which the names of files begin
     */
    static MemoryPlace of(Path family, String siteName) throws IOException {
        String prefix = siteName + "-r";
        String named = ShmSettings.directory();
        if (named != null) {
            Path place = ofFamily(Path.of(named).toAbsolutePath(), family);
            if (place == null) {
                throw new IOException("the directory " + named + ", which the system property " + ShmSettings.DIRECTORY
                        + " names, cannot be used: it must exist, this user must be able to write to it, and nobody else may own "
                        + userDirectory(Path.of(named), family));
            }
            return new MemoryPlace(place, true, prefix);
        }
        Path place = isInMemory(family) ? null : ofFamily(MEMORY, family);
        return place == null ? new MemoryPlace(family, false, prefix) : new MemoryPlace(place, true, prefix);
    }

    private static boolean isInMemory(Path directory) throws IOException {
        return Files.getFileStore(directory).type().equals("tmpfs");
    }

    /** The directory of a family below a place, or null if it cannot be there. */
    private static @Nullable Path ofFamily(Path memory, Path family) throws IOException {
        if (!POSIX || !Files.isDirectory(memory) || !Files.isWritable(memory)) {
            return null;
        }
        String name = FamilyName.of(family);
        Path user = userDirectory(memory, family);
        if (name == null || !isPrivate(user, family)) {
            return null;
        }
        MemorySweep.run(user);
        return user.resolve(name);
    }

    private static Path userDirectory(Path memory, Path family) throws IOException {
        return memory.resolve("procession-" + Files.getAttribute(family, "unix:uid", LinkOption.NOFOLLOW_LINKS));
    }

    /** Whether the directory of this user is there, made now if need be, and nobody else's. */
    private static boolean isPrivate(Path user, Path family) {
        try {
            create(user);
            Object owner = Files.getAttribute(user, "unix:uid", LinkOption.NOFOLLOW_LINKS);
            Set<PosixFilePermission> modes = Files.getPosixFilePermissions(user, LinkOption.NOFOLLOW_LINKS);
            return Files.isDirectory(user, LinkOption.NOFOLLOW_LINKS)
                    && owner.equals(Files.getAttribute(family, "unix:uid", LinkOption.NOFOLLOW_LINKS))
                    && PosixFilePermissions.toString(modes).equals("rwx------");
        } catch (IOException e) {
            return false;
        }
    }

    static void create(Path directory) throws IOException {
        try {
            Files.createDirectory(
                    directory, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        } catch (FileAlreadyExistsException e) {
            // Made before, or by another process just now.
        }
    }

    Path directory() {
        return directory;
    }

    @Override
    public Path ready() throws IOException {
        if (own) {
            create(directory);
        }
        return directory;
    }

    /** Makes the file of a new link. */
    LinkMemory createLink(Geometry geometry, long family) throws IOException {
        return withRoom(geometry.bytesAtFirst(), directory, geometry, () -> createNext(geometry, family));
    }

    private LinkMemory createNext(Geometry geometry, long family) throws IOException {
        while (true) {
            try {
                return LinkMemory.create(directory.resolve(prefix + NUMBER.incrementAndGet()), geometry, family);
            } catch (FileAlreadyExistsException e) {
                // Another copy of this class in the process counts for itself.
            }
        }
    }

    /**
     * Makes files of a link, again if there was no room or their directory had just been removed.
     *
     * @param bytes that they take
     * @param work leaves nothing if it fails
     * @throws NoSuchFileException if the directory is not there and is none of ours to make
     * @throws IOException if there is no room; the text says what to do
     */
    static <T> T withRoom(long bytes, Path directory, Geometry geometry, Uninterrupted.Work<T> work)
            throws IOException {
        for (int attempt = 1; ; attempt++) {
            try {
                return work.run();
            } catch (NoSuchFileException e) {
                if (attempt == ATTEMPTS || !FamilyName.isOne(directory)) {
                    throw e;
                }
                create(directory); // the first link, or the last one to leave has removed it
            } catch (IOException e) {
                if (attempt == ATTEMPTS) {
                    throw full(bytes, directory, geometry, e);
                }
                reclaimMemory();
            }
        }
    }

    private static IOException full(long bytes, Path directory, Geometry geometry, IOException cause) {
        String fewer = geometry.reserved() == 0
                ? ""
                : ", reserve fewer segments by -D" + ShmSettings.RESERVED_SEGMENTS + "=... (now " + geometry.reserved()
                        + ")";
        return new IOException(
                "cannot make " + bytes + " bytes of shared memory for a link in " + directory + ": "
                        + cause.getMessage() + ". Make room there, name a smaller size by -D" + ShmSettings.RING_BYTES
                        + "=... (now " + geometry.ringBytes() + ")" + fewer + ", or another directory by -D"
                        + ShmSettings.DIRECTORY + "=...",
                cause);
    }

    @Override
    public void reclaim() {
        reclaimMemory();
    }

    /** What has ended keeps its memory until the garbage collector has found it; the JDK helps itself in the same way when it cannot map. */
    private static void reclaimMemory() {
        System.gc();
        try {
            Thread.sleep(PATIENCE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Removes the family's directory if it is one of ours and nobody has a file in it. */
    @Override
    public void removeIfEmpty() {
        if (own) {
            try {
                Files.deleteIfExists(directory);
            } catch (IOException e) {
                // Somebody has, and will remove it later; or else it is swept.
            }
        }
    }
}
