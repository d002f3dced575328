package io.procession.transport.pipe;

import io.procession.transport.TransportAddress;
import io.procession.transport.TransportSite;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.atomic.AtomicInteger;

/** The directory of a listener and the names in it; its path is the address. */
record ListenerFiles(Path directory) {
    private static final AtomicInteger NUMBER = new AtomicInteger();
    private static final int ATTEMPTS = 5;

    static final String RENDEZVOUS = "rendezvous";
    static final String TICKETS = "tickets";

    static ListenerFiles create(TransportSite site) throws IOException {
        FileAttribute<?> ownersOnly =
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
        while (true) {
            Path directory = site.directory().resolve(site.name() + "-pipe" + NUMBER.incrementAndGet());
            try {
                return new ListenerFiles(
                        Files.createDirectory(directory, ownersOnly).toAbsolutePath());
            } catch (FileAlreadyExistsException e) {
                // Another copy of this class in the process counts for itself: the next number.
            }
        }
    }

    static ListenerFiles of(TransportAddress address) throws IOException {
        try {
            return new ListenerFiles(Path.of(address.value()));
        } catch (InvalidPathException e) {
            throw new IOException("nobody listens at " + address + ", which is not even a path", e);
        }
    }

    TransportAddress address() {
        return new TransportAddress(PipeTransport.ID, directory.toString());
    }

    Path rendezvous() {
        return directory.resolve(RENDEZVOUS);
    }

    Path tickets() {
        return directory.resolve(TICKETS);
    }

    static String toHost(long pair) {
        return pair + "u";
    }

    static String toClient(long pair) {
        return pair + "d";
    }

    Path pathToHost(long pair) {
        return directory.resolve(toHost(pair));
    }

    Path pathToClient(long pair) {
        return directory.resolve(toClient(pair));
    }

    /** Where the client of a pair keeps what is not written yet, until the host has opened and removed it. */
    Path sendMemory(long pair) {
        return directory.resolve(pair + "s");
    }

    void deletePair(long pair) throws IOException {
        Files.deleteIfExists(pathToHost(pair));
        Files.deleteIfExists(pathToClient(pair));
        Files.deleteIfExists(sendMemory(pair));
    }

    /** Removes the directory with whatever is in it. */
    void delete() throws IOException {
        for (int attempt = 1; ; attempt++) {
            try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
                for (Path entry : entries) {
                    Files.deleteIfExists(entry);
                }
                Files.delete(directory);
                return;
            } catch (NoSuchFileException e) {
                return;
            } catch (IOException e) {
                // A client in the middle of opening may have put a file there (see FifoWriter); it will not find the
                // directory a second time.
                if (attempt == ATTEMPTS) {
                    throw e;
                }
            }
        }
    }
}
