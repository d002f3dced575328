package io.procession.transport;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;

/**
 * What a process lends to a transport.
 *
 * @param directory the private directory of the family of processes: exists, mode 0700, short enough for a Unix-domain socket
 *     with a file name of up to 16 characters, and swept when the family has ended. The same for all processes of the family
 * @param name a name unique within the family (letters, digits, at most 8 characters): the names of files and folders in the directory
 *     begin with it, those of threads contain it
 */
public record TransportSite(Path directory, String name) {
    /** Checks for null. */
    public TransportSite {
        requireNonNull(directory, "directory");
        requireNonNull(name, "name");
    }
}
