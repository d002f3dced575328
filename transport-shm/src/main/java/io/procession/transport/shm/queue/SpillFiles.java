package io.procession.transport.shm.queue;

import io.procession.transport.shm.memory.WholeFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/**
 * Items that fit neither into a cell nor into a segment stand in a file of their own, named by the cell and its version: written before the cell is linked, removed after the item was taken. So whether a file is
 * still needed can be seen from the cell alone.
 */
final class SpillFiles {
    private final QueueFiles files;
    private final QueueMemory memory;

    SpillFiles(QueueFiles files, QueueMemory memory) {
        this.files = files;
        this.memory = memory;
    }

    /** Writes an item, where there is room: shared memory may be small, as in a container, where the disk is not. */
    void write(int cell, long owned, List<ByteBuffer> parts) throws IOException {
        IOException full = null;
        for (Path file : files.item(cell, CellState.version(owned))) {
            try {
                WholeFile.write(file, parts);
                return;
            } catch (IOException e) {
                if (full != null) {
                    e.addSuppressed(full);
                }
                full = e;
            }
        }
        throw full == null ? new IOException("nowhere to write") : full;
    }

    /**
     * Reads an item.
     *
     * @throws NoSuchFileException if its file is gone
     * @throws java.io.EOFException if it is too short
     */
    ByteBuffer read(Claim claim, int bytes) throws IOException {
        NoSuchFileException gone = null;
        for (Path file : files.item(claim.cell(), CellState.version(claim.state()))) {
            try {
                return WholeFile.read(file, bytes);
            } catch (NoSuchFileException e) {
                gone = e;
            }
        }
        throw gone == null ? new NoSuchFileException(files.name()) : gone;
    }

    void remove(int cell, long state) {
        files.item(cell, CellState.version(state)).forEach(SpillFiles::remove);
    }

    /** Removes what is left of items that were taken, or never put, by processes that died before they could do it. */
    void removeForgotten() {
        try {
            for (Path item : files.items()) {
                if (isForgotten(item.getFileName().toString())) {
                    remove(item);
                }
            }
        } catch (IOException e) {
            // The next death is another chance, and then the end of the queue.
        }
    }

    private boolean isForgotten(String name) {
        int dash = name.lastIndexOf('-');
        int cell = Integer.parseInt(name.substring(name.lastIndexOf(".x") + 2, dash));
        long state = memory.get(cell, CellLayout.STATE);
        return CellState.isPast(state, Long.parseLong(name.substring(dash + 1)));
    }

    private static void remove(Path item) {
        try {
            Files.deleteIfExists(item);
        } catch (IOException e) {
            // As above.
        }
    }
}
