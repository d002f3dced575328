package io.procession.transport.shm;

import io.procession.transport.shm.LinkLayout.Direction;
import io.procession.transport.shm.memory.MappedFile;
import java.io.IOException;
import java.nio.MappedByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * The names of a link's files, all beginning with that of its rings. A name lives from the moment in which one side has made the file to that in which
 * the other has mapped it.
 *
 * @param directory where they lie
 * @param name of the file with the header and both rings
 */
record LinkFiles(Path directory, String name) {
    /** The files that belong to one with rings. */
    static LinkFiles of(Path rings) throws IOException {
        Path directory = rings.getParent();
        if (directory == null) {
            throw new IOException("a link's file lies in a directory, and this one does not: " + rings);
        }
        return new LinkFiles(directory, rings.getFileName().toString());
    }

    /** The file with the header and both rings. */
    Path rings() {
        return directory.resolve(name);
    }

    MappedByteBuffer makeSegment(Direction direction, int number, int bytes) throws IOException {
        Path file = segment(direction, number);
        MappedByteBuffer segment;
        try {
            segment = MappedFile.create(file, bytes);
        } catch (NoSuchFileException e) {
            MemoryPlace.create(directory); // it was empty, and was removed
            segment = MappedFile.create(file, bytes);
        }
        segment.load(); // a read of each page, many at a time, instead of a fault at each page's first write
        return segment;
    }

    MappedByteBuffer takeSegment(Direction direction, int number, int bytes) throws IOException {
        Path file = segment(direction, number);
        MappedByteBuffer segment = MappedFile.open(file, bytes);
        Files.deleteIfExists(file);
        return segment;
    }

    /** Removes what a direction may have. */
    void removeSegments(Direction direction, int made) {
        for (int i = 0; i < made; i++) {
            removeSegment(direction, i);
        }
    }

    void removeSegment(Direction direction, int number) {
        remove(segment(direction, number));
    }

    void removeRings() {
        remove(rings());
    }

    /** Removes the directory if it is the last one's to leave. */
    void leaveDirectory() {
        if (FamilyName.isOne(directory)) {
            remove(directory);
        }
    }

    private Path segment(Direction direction, int number) {
        return directory.resolve(name + (direction == Direction.TO_HOST ? ".u" : ".d") + number);
    }

    private static void remove(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            // What is left is swept when its family has ended.
        }
    }
}
