package io.procession.internal.family;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Chooses where families live: the first place that is ours, closed to others, writable and short enough for the address of a
 * Unix-domain socket. A place named by {@code procession.directory} is used or the program fails. The place itself is made if it is missing, what is
 * above it is not: a name that was mistyped shall not become a directory.
 */
final class Places {
    private static final int MAX_PROBES = 20;

    /** What {@code sockaddr_un} holds, less its final zero and one to spare. */
    private static final int MAX_SOCKET_PATH_BYTES = 106;
    /** "/" + ".f-" + 8 characters for the family, "/" + 16 for a file in it. */
    private static final int RESERVED_BYTES = 29;

    private static final String USUAL_TEMPORARY = "/tmp";

    private static final boolean POSIX =
            java.nio.file.FileSystems.getDefault().supportedFileAttributeViews().contains("posix");

    private Places() {}

    /** The place to use, existing and verified. */
    static File choose() throws IOException {
        return choose(
                Settings.text("directory"), System.getenv("XDG_RUNTIME_DIR"), System.getProperty("java.io.tmpdir"));
    }

    static File choose(@Nullable String named, @Nullable String runtime, @Nullable String temporary)
            throws IOException {
        List<Path> candidates = new ArrayList<>();
        if (named != null) {
            Path place = Path.of(named).toAbsolutePath();
            Path above = place.getParent();
            if (above != null && !Files.exists(above)) {
                throw new IOException("-Dprocession.directory=" + named + " cannot be made, since " + above
                        + " does not exist: make that first, or name another place");
            }
            candidates.add(place);
        } else {
            if (runtime != null && !runtime.isBlank() && Path.of(runtime).isAbsolute()) {
                candidates.add(Path.of(runtime, "procession"));
            }
            String perUser = "procession-" + user();
            if (temporary != null) {
                candidates.add(Path.of(temporary, perUser).toAbsolutePath());
            }
            if (POSIX) {
                candidates.add(Path.of("/tmp", perUser));
            }
        }
        StringBuilder refused = new StringBuilder();
        for (Path candidate : candidates) {
            if (temporary != null && candidate.startsWith(Path.of(temporary).toAbsolutePath())) {
                requireThere(temporary);
            }
            String why = refuse(candidate);
            if (why == null) {
                return candidate.toFile();
            }
            refused.append("\n  ").append(candidate).append(": ").append(why);
        }
        throw new IOException(
                "no private directory for this program's processes. Name one that only you can write to, with at most "
                        + (MAX_SOCKET_PATH_BYTES - RESERVED_BYTES) + " bytes, by -Dprocession.directory=... Tried:"
                        + refused);
    }

    /** The usual one is made where an image of a container lacks it. */
    private static void requireThere(String temporary) throws IOException {
        if (!temporary.equals(USUAL_TEMPORARY) && !Files.exists(Path.of(temporary))) {
            throw new IOException("the folder for temporary files, " + temporary
                    + ", does not exist: make it, have -Djava.io.tmpdir=... name another, or give this program's processes a"
                    + " private directory by -Dprocession.directory=...");
        }
    }

    private static @Nullable String refuse(Path place) {
        int bytes = place.toString().getBytes(StandardCharsets.UTF_8).length;
        if (bytes + RESERVED_BYTES > MAX_SOCKET_PATH_BYTES) {
            return "its path has " + bytes + " bytes, too many for a Unix-domain socket in it";
        }
        try {
            if (!Files.exists(place, LinkOption.NOFOLLOW_LINKS)) {
                createPrivate(place);
            }
            if (!Files.isDirectory(place, LinkOption.NOFOLLOW_LINKS)) {
                return "is not a directory";
            }
            return POSIX ? refuseOwnership(place) : null;
        } catch (IOException e) {
            return e.toString();
        }
    }

    private static @Nullable String refuseOwnership(Path place) throws IOException {
        Object uid = uid(place);
        Object owner = Files.getAttribute(place, "unix:uid", LinkOption.NOFOLLOW_LINKS);
        if (!uid.equals(owner)) {
            return "belongs to user " + owner + ", not to user " + uid;
        }
        Set<PosixFilePermission> modes = Files.getPosixFilePermissions(place, LinkOption.NOFOLLOW_LINKS);
        if (modes.contains(PosixFilePermission.GROUP_WRITE) || modes.contains(PosixFilePermission.OTHERS_WRITE)) {
            return "others can write to it (" + PosixFilePermissions.toString(modes) + ")";
        }
        return null;
    }

    /** The user this process runs as, told by what it makes. (The owner of {@code /proc/self} is another one where the launcher has capabilities.) */
    private static Object uid(Path place) throws IOException {
        for (int attempt = 0; ; attempt++) {
            // Not createTempDirectory: its SecureRandom and the security providers it loads cost a cold JVM 30 ms.
            Path probe = place.resolve(Sweep.PROBE + ProcessIdentity.shortName(Randomness.incarnation()));
            createPrivate(probe);
            try {
                return Files.getAttribute(probe, "unix:uid", LinkOption.NOFOLLOW_LINKS);
            } catch (NoSuchFileException swept) {
                if (attempt == MAX_PROBES) {
                    throw swept;
                }
            } finally {
                Files.deleteIfExists(probe);
            }
        }
    }

    /** Makes a directory of mode 0700, and what is missing above it. */
    static void createPrivate(Path directory) throws IOException {
        Path parent = directory.getParent();
        if (parent != null && !Files.exists(parent)) {
            Files.createDirectories(parent);
        }
        try {
            if (POSIX) {
                Files.createDirectory(
                        directory, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            } else {
                Files.createDirectory(directory);
            }
        } catch (java.nio.file.FileAlreadyExistsException e) {
            if (!Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
                throw e;
            } // else another program of the same user was faster
        }
    }

    private static String user() {
        try {
            return Files.getAttribute(Path.of("/proc/self"), "unix:uid").toString();
        } catch (IOException | UnsupportedOperationException | IllegalArgumentException otherSystem) {
            StringBuilder name = new StringBuilder();
            for (char each : System.getProperty("user.name", "").toCharArray()) {
                if (name.length() < 16 && ((each >= 'a' && each <= 'z') || (each >= '0' && each <= '9'))) {
                    name.append(each);
                }
            }
            return name.toString();
        }
    }
}
