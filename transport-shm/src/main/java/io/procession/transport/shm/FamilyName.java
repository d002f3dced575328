package io.procession.transport.shm;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * How the directory of a family is called below a memory file system: by the path of the family's own directory, with {@code /} as {@code %2F}. So whoever sweeps
 * can tell whether that family still exists.
 *
 * <p>In front stands which file that path begins with ({@code /tmp}: its device and inode): two containers, or a service with a {@code /tmp} of its own, may share
 * {@code /dev/shm} and not mean the same by one path. Nobody judges what lies behind a door that he sees another way.
 */
final class FamilyName {
    private static final int MAX_BYTES = 255;

    private FamilyName() {}

    /** The name, or null if the path is too long for one. */
    static @Nullable String of(Path family) throws IOException {
        String text = family.toString();
        String name = door(family) + text.replace("%", "%25").replace("/", "%2F");
        return name.length() <= MAX_BYTES && text.chars().allMatch(each -> each < 128) ? name : null;
    }

    /** Whether a directory is called like this. */
    static boolean isOne(Path directory) {
        return directory.getNameCount() > 0
                && directory.getFileName().toString().contains("%2F");
    }

    /** Whether the family of a directory with this name is gone for certain. */
    static boolean isGone(String name) {
        int path = name.indexOf('%');
        if (path < 0) {
            return false;
        }
        Path family = Path.of(name.substring(path).replace("%2F", "/").replace("%25", "%"));
        try {
            return door(family).equals(name.substring(0, path)) && !Files.exists(family);
        } catch (IOException | UnsupportedOperationException e) {
            return false;
        }
    }

    private static String door(Path path) throws IOException {
        Path first = path.getRoot().resolve(path.getName(0));
        return Long.toHexString((Long) Files.getAttribute(first, "unix:dev")) + "-"
                + Long.toHexString((Long) Files.getAttribute(first, "unix:ino"));
    }
}
