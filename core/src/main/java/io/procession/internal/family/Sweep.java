package io.procession.internal.family;

import java.io.File;
import org.jspecify.annotations.Nullable;

/** Removes what dead families left, before a new one starts. Best effort: what cannot be judged or removed stays. */
final class Sweep {
    static final String FAMILY = "f";
    static final String STAGING = "n";

    /** A staging directory is locked within milliseconds of its creation; one that is not after a minute was abandoned. */
    private static final long STAGING_MILLIS = 60_000;

    private Sweep() {}

    /**
     * Sweeps a place.
     *
     * @param place where families live
     * @param now the present by the clock of that file system
     */
    static void run(File place, long now) {
        for (File each : children(place)) {
            boolean family = each.getName().startsWith(FAMILY);
            boolean abandoned = each.getName().startsWith(STAGING) && each.lastModified() < now - STAGING_MILLIS;
            if ((family || abandoned) && !OwnFamilies.contains(each) && Participants.nobodyIn(each)) {
                delete(each);
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
