package io.procession.transport.shm.queue;

import io.procession.transport.shm.memory.MappedFile;
import java.io.IOException;
import java.nio.MappedByteBuffer;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The files of a queue, all beginning with its name: the header, {@code .0}, {@code .1}, ... with cells, {@code .x...} with items that are larger than a cell, {@code .i...} to wake processes, and {@code .t...} for an instant each. They stay
 * linked while the owner lives, so that anybody can attach at any time.
 *
 * @param directory only the user can enter it
 * @param name of the header
 */
record QueueFiles(Path directory, String name) {
    private static final AtomicLong TEMPORARY = new AtomicLong();

    MappedByteBuffer createHeader(int bytes) throws IOException {
        return MappedFile.create(directory.resolve(name), bytes);
    }

    MappedByteBuffer openHeader() throws IOException {
        Path header = directory.resolve(name);
        long bytes = Files.size(header);
        if (bytes < HeaderLayout.bytes(1) || bytes > HeaderLayout.bytes(CellState.MAX_OWNER)) {
            throw new IOException(header + " has " + bytes + " bytes, which the header of a queue cannot have");
        }
        return MappedFile.open(header, (int) bytes);
    }

    /**
     * Makes a file of cells, whole or not at all: it gets its name when it is full of zeros. If another process was faster, nothing happens.
     *
     * @param incarnation of this process, so that no two make the same temporary file
     */
    void createCells(int file, int bytes, long incarnation) throws IOException {
        Path temporary = directory.resolve(
                name + ".t" + Long.toString(incarnation, Character.MAX_RADIX) + "-" + TEMPORARY.incrementAndGet());
        MappedFile.create(temporary, bytes);
        try {
            Files.createLink(cells(file), temporary);
        } catch (FileAlreadyExistsException faster) {
            // Theirs is as good.
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    MappedByteBuffer openCells(int file, int bytes) throws IOException {
        return MappedFile.open(cells(file), bytes);
    }

    boolean hasCells(int file) {
        return Files.exists(cells(file));
    }

    /** The file of a large item: a name that no other item ever has. */
    Path item(int cell, long version) {
        return directory.resolve(name + ".x" + cell + "-" + version);
    }

    /** What there is of large items. */
    List<Path> items() throws IOException {
        return matching(name + ".x*");
    }

    /** The FIFO in which a process is rung at. */
    Path inbox(long incarnation) {
        return directory.resolve(name + ".i" + Long.toString(incarnation, Character.MAX_RADIX));
    }

    /** Removes the FIFO of a dead process. */
    void removeInbox(long incarnation) {
        try {
            Files.deleteIfExists(inbox(incarnation));
        } catch (IOException e) {
            // It goes with the queue.
        }
    }

    /** Removes everything. Who has mapped it keeps it. */
    void delete() {
        remove(name);
        remove(name + ".*");
    }

    private void remove(String pattern) {
        try {
            for (Path file : matching(pattern)) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            // What is left is swept with its family.
        }
    }

    private List<Path> matching(String pattern) throws IOException {
        List<Path> matching = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, pattern)) {
            files.forEach(matching::add);
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        return matching;
    }

    private Path cells(int file) {
        return directory.resolve(name + "." + file);
    }
}
