package io.procession.transport.shm;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Removes what families left that do not exist any more: their processes were killed while a link was being made. Core removes the directory of such a
 * family when the next program starts, which makes its memory fair game here. Best effort: what cannot be judged or removed stays.
 */
final class MemorySweep {
    private MemorySweep() {}

    /**
     * Sweeps.
     *
     * @param user the directory of this user on a memory file system
     */
    static void run(Path user) {
        try (DirectoryStream<Path> families = Files.newDirectoryStream(user)) {
            for (Path family : families) {
                if (FamilyName.isGone(family.getFileName().toString())) {
                    delete(family);
                }
            }
        } catch (IOException e) {
            // Not there, or not ours to read.
        }
    }

    private static void delete(Path family) {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(family)) {
            for (Path file : files) {
                Files.deleteIfExists(file);
            }
            Files.deleteIfExists(family);
        } catch (IOException e) {
            // Another process sweeps, too.
        }
    }
}
