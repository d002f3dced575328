package io.procession.transport.shm;

import io.procession.transport.shm.LinkLayout.Direction;
import java.io.IOException;
import java.nio.MappedByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * The names of a link's files, all beginning with that of its rings. A name lives from the moment in which one side has made the file to that in which
 * the other has mapped it.
 *
 * @param rings the file with the header and both rings
 */
record LinkFiles(Path rings) {
    MappedByteBuffer makeSegment(Direction direction, int number, int bytes) throws IOException {
        Path file = segment(direction, number);
        MappedByteBuffer segment;
        try {
            segment = MappedFile.create(file, bytes);
        } catch (NoSuchFileException e) {
            MemoryPlace.create(file.getParent()); // it was empty, and was removed
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

    void removeSegment(Direction direction, int number) {
        remove(segment(direction, number));
    }

    void removeRings() {
        remove(rings);
    }

    /** Removes the directory if it is the last one's to leave. */
    void leaveDirectory() {
        Path directory = rings.getParent();
        if (FamilyName.isOne(directory.getFileName().toString())) {
            remove(directory);
        }
    }

    private Path segment(Direction direction, int number) {
        return rings.resolveSibling(rings.getFileName() + (direction == Direction.TO_HOST ? ".u" : ".d") + number);
    }

    private static void remove(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            // What is left is swept when its family has ended.
        }
    }
}
