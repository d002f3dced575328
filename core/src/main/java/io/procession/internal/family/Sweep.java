package io.procession.internal.family;

import java.io.File;
import org.jspecify.annotations.Nullable;

/**
 * Removes what dead families left, before a new one starts. Best effort: what cannot be judged or removed stays. A place may be a directory in which
 * a user keeps other things, so nothing is touched but what has one of the names below, and of that only what holds a participants file or is empty.
 */
final class Sweep {
    static final String FAMILY = ".f-";
    static final String STAGING = ".n-";

    /** An empty directory with which a process asks who it is; exists for an instant. */
    static final String PROBE = ".p-";

    private Sweep() {}

    /**
     * Sweeps a place. Who is just making a family or a probe, and finds it swept, makes another.
     *
     * @param place where families live
     */
    static void run(File place) {
        for (File each : children(place)) {
            String name = each.getName();
            if (name.startsWith(PROBE)) {
                each.delete(); // only if it is empty: the system sees to that
            } else if ((name.startsWith(FAMILY) || name.startsWith(STAGING)) && !OwnFamilies.contains(each)) {
                if (!new File(each, Participants.FILE_NAME).exists()) {
                    each.delete(); // likewise
                } else if (Participants.nobodyIn(each)) {
                    delete(each);
                }
            }
        }
    }

    /** Deletes a family's directory. The participants file goes last: without it the rest still counts as a dead family. */
    static void delete(File directory) {
        for (File each : children(directory)) {
            if (!each.getName().equals(Participants.FILE_NAME)) {
                if (each.isDirectory() && !java.nio.file.Files.isSymbolicLink(each.toPath())) {
                    delete(each);
                }
                each.delete();
            }
        }
        new File(directory, Participants.FILE_NAME).delete();
        directory.delete();
    }

    private static File[] children(File directory) {
        File @Nullable [] found = directory.listFiles();
        return found == null ? new File[0] : found;
    }
}
