package io.procession.transport.shm.queue;

import io.procession.transport.shm.memory.FreeMemory;
import io.procession.transport.shm.memory.MappedFile;
import io.procession.transport.shm.memory.WholeFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The files of a queue, all beginning with its name: the header, {@code .0}, {@code .1}, ... with cells, {@code .s...} with large items of one process, {@code .x...} with one of them, and {@code .t...} for an instant each. They stay
 * linked while the owner lives, so that anybody can attach at any time.
 *
 * @param directory only the user can enter it
 * @param overflow where large items, and further cells, go for which there is no room there; the same directory if there is no other
 * @param name of the header
 */
record QueueFiles(Path directory, Path overflow, String name) {
    private static final AtomicLong TEMPORARY = new AtomicLong();
    private static final FreeMemory FREE = new FreeMemory();

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
     * Makes a file of cells, whole or not at all: it gets its name when it is full of zeros. If another process was faster, nothing happens. If the directory has not twice the room, so that others need some as well, the file lies in
     * the overflow, and its name is a symbolic link to it: the name alone says which of two files counts, when one process has found room and another has not.
     *
     * @param incarnation of this process, so that no two make the same temporary file
     * @throws NoSuchFileException if the queue was removed; nothing is left then
     * @throws IOException if there is no room in either
     */
    void createCells(int file, int bytes, long incarnation) throws IOException {
        String temporary =
                name + ".t" + Long.toString(incarnation, Character.MAX_RADIX) + "-" + TEMPORARY.incrementAndGet();
        if (directory.equals(overflow)) {
            createCellsHere(file, bytes, temporary);
        } else if (freeBytes() >= 2L * bytes) {
            try {
                createCellsHere(file, bytes, temporary);
            } catch (NoSuchFileException removed) {
                throw removed;
            } catch (IOException noRoom) { // others were faster to use it
                createCellsElsewhere(file, bytes, temporary);
            }
        } else {
            try {
                createCellsElsewhere(file, bytes, temporary);
            } catch (NoSuchFileException removed) {
                throw removed;
            } catch (IOException noRoom) {
                if (freeBytes() < bytes) { // the file system may promise what the machine has not
                    throw noRoom;
                }
                createCellsHere(file, bytes, temporary); // the last of the room is better than none
            }
        }
    }

    private void createCellsHere(int file, int bytes, String temporary) throws IOException {
        Path made = directory.resolve(temporary);
        MappedFile.create(made, bytes);
        try {
            Files.createLink(cells(file), made);
            failIfRemoved(cells(file));
        } catch (FileAlreadyExistsException faster) {
            // Theirs is as good.
        } finally {
            Files.deleteIfExists(made);
        }
    }

    /** A death before the link leaves a file, which is removed with the queue. */
    void createCellsElsewhere(int file, int bytes, String temporary) throws IOException {
        Path made = overflow.resolve(temporary);
        MappedFile.create(made, bytes);
        try {
            Files.createSymbolicLink(cells(file), made);
            failIfRemoved(cells(file));
        } catch (FileAlreadyExistsException faster) {
            Files.deleteIfExists(made);
        } catch (Throwable t) {
            Files.deleteIfExists(made);
            throw t;
        }
    }

    /** After a file got its name: whoever removes the queue removes its header first, so either this sees that, or he sees the file. */
    private void failIfRemoved(Path cells) throws IOException {
        if (isRemoved()) {
            Files.deleteIfExists(cells);
            throw new NoSuchFileException(directory.resolve(name).toString());
        }
    }

    MappedByteBuffer openCells(int file, int bytes) throws IOException {
        Path cells = cells(file);
        return MappedFile.open(
                Files.isSymbolicLink(cells)
                        ? overflow.resolve(Files.readSymbolicLink(cells).getFileName())
                        : cells,
                bytes);
    }

    boolean hasCells(int file) {
        return Files.exists(cells(file));
    }

    /** Whether the queue was removed, of which this is the first. */
    boolean isRemoved() {
        return Files.notExists(directory.resolve(name));
    }

    /** Where the file of a large item may be, most likely place first: a name that no other item ever has. */
    List<Path> item(int cell, long version) {
        String item = name + ".x" + cell + "-" + version;
        return directory.equals(overflow)
                ? List.of(directory.resolve(item))
                : List.of(directory.resolve(item), overflow.resolve(item));
    }

    /** What there is of large items. */
    List<Path> items() throws IOException {
        List<Path> items = matching(directory, name + ".x*");
        if (!directory.equals(overflow)) {
            items.addAll(matching(overflow, name + ".x*"));
        }
        return items;
    }

    /** Makes a file for the large items of a process. */
    MappedByteBuffer createSegment(long maker, int number, int bytes) throws IOException {
        return MappedFile.create(segment(maker, number), bytes);
    }

    MappedByteBuffer openSegment(long maker, int number) throws IOException {
        Path segment = segment(maker, number);
        return MappedFile.open(segment, (int) Math.min(Files.size(segment), Integer.MAX_VALUE));
    }

    /** Reads an item in a segment that cannot be mapped. */
    ByteBuffer readSegment(long maker, int number, int at, int bytes) throws IOException {
        return WholeFile.read(segment(maker, number), at, bytes);
    }

    boolean hasSegment(long maker, int number) {
        return Files.exists(segment(maker, number));
    }

    void deleteSegment(long maker, int number) {
        try {
            Files.deleteIfExists(segment(maker, number));
        } catch (IOException e) {
            // Its maker's death is another chance, and then the end of the queue.
        }
    }

    /** What there is of segments. */
    List<Path> segments() throws IOException {
        return matching(directory, name + ".s*");
    }

    /** How much can still be written there. */
    long freeBytes() throws IOException {
        return FREE.in(directory);
    }

    /** Removes everything. Who has mapped it keeps it. */
    void delete() {
        remove(directory, name); // the first, so that nobody attaches to a half of it
        remove(directory, name + ".*");
        if (!directory.equals(overflow)) {
            remove(overflow, name + ".*");
        }
    }

    private static void remove(Path directory, String pattern) {
        try {
            for (Path file : matching(directory, pattern)) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            // What is left is swept with its family.
        }
    }

    private static List<Path> matching(Path directory, String pattern) throws IOException {
        List<Path> matching = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, pattern)) {
            files.forEach(matching::add);
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        return matching;
    }

    /** Where a segment is: a name that no other ever has. */
    Path segment(long maker, int number) {
        return directory.resolve(name + ".s" + Long.toString(maker, Character.MAX_RADIX) + "-" + number);
    }

    /** Whose segment it is, by its name. */
    static long makerOf(Path segment) {
        String file = segment.getFileName().toString();
        return Long.parseLong(file.substring(file.lastIndexOf(".s") + 2, file.lastIndexOf('-')), Character.MAX_RADIX);
    }

    /** Which of that process's segments it is. */
    static int numberOf(Path segment) {
        String file = segment.getFileName().toString();
        return Integer.parseInt(file.substring(file.lastIndexOf('-') + 1));
    }

    private Path cells(int file) {
        return directory.resolve(name + "." + file);
    }
}
