package io.procession.transport.shm.queue;

import io.procession.transport.shm.memory.Words;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/** The words of a queue in mapped files. A file that another process has added is mapped when a cell in it is met for the first time. */
final class MappedCells implements QueueMemory {
    private final QueueFiles files;
    private final Geometry geometry;
    private final ByteBuffer header;
    private final AtomicReferenceArray<@Nullable ByteBuffer> mapped = new AtomicReferenceArray<>(Geometry.mostFiles());

    MappedCells(QueueFiles files, Geometry geometry, ByteBuffer header) {
        this.files = files;
        this.geometry = geometry;
        this.header = header;
    }

    @Override
    public long get(int cell, int offset) {
        // SYNC: pairs with compareAndSet below, of whichever process wrote the value: all that it did before is seen.
        return cell < 0
                ? Words.getVolatile(header, offset)
                : Words.getVolatile(memory(cell), geometry.at(cell) + offset);
    }

    @Override
    public void set(int cell, int offset, long value) {
        // SYNC: pairs with get, and is published by the compareAndSet that follows, as in CellList.link. Not plain:
        // who still looks at an earlier use of the cell may read it now, and must find a word that was written.
        Words.setRelease(memory(cell), geometry.at(cell) + offset, value);
    }

    @Override
    public boolean compareAndSet(int cell, int offset, long expected, long value) {
        return cell < 0
                ? Words.compareAndSet(header, offset, expected, value)
                : Words.compareAndSet(memory(cell), geometry.at(cell) + offset, expected, value);
    }

    @Override
    public int cells() {
        // SYNC: pairs with the compareAndSet in grow: each file that is counted has its name, and its zeros.
        return Geometry.firstCell((int) Words.getVolatile(header, HeaderLayout.FILES));
    }

    /** Writes into a cell that this process owns. */
    void write(int cell, List<ByteBuffer> parts) {
        ByteBuffer memory = memory(cell);
        int at = geometry.at(cell) + CellLayout.PAYLOAD;
        // SYNC: plain, between two steps: after the one that made the cell this process's (CellPool.allocate), before
        // the one that links it (CellList.link).
        for (int i = 0; i < parts.size(); i++) {
            ByteBuffer part = parts.get(i);
            memory.put(at, part, part.position(), part.remaining());
            at += part.remaining();
        }
    }

    /** The bytes of an item in a cell that this process has claimed: the memory itself, good until the claim ends. */
    ByteBuffer read(int cell, int bytes) {
        // SYNC: plain, between two steps: after the claim, which has seen the link, before the commit, which the next
        // owner sees (CellPool.allocate).
        return memory(cell).slice(geometry.at(cell) + CellLayout.PAYLOAD, bytes).asReadOnlyBuffer();
    }

    /**
     * Adds a file, unless somebody else has done so since there were so many cells. Whoever is stopped or dies over it keeps nobody: others make the file, or count the one that is there.
     *
     * @throws IOException if there is no room for it; the queue goes on with what it has
     */
    void grow(int knownCells, long incarnation) throws IOException {
        int file = (int) Words.getVolatile(header, HeaderLayout.FILES);
        if (Geometry.firstCell(file) > knownCells) {
            return;
        }
        if (file >= mapped.length()) {
            throw new IOException("the queue has " + knownCells + " cells in use, and there cannot be more");
        }
        if (!files.hasCells(file)) {
            files.createCells(file, geometry.fileBytes(file), incarnation);
        }
        map(file);
        // SYNC: pairs with the read in cells: after the file has its name, whoever gave it.
        Words.compareAndSet(header, HeaderLayout.FILES, file, file + 1);
    }

    private ByteBuffer memory(int cell) {
        ByteBuffer memory = mapped.get(Geometry.file(cell));
        return memory == null ? map(Geometry.file(cell)) : memory;
    }

    private ByteBuffer map(int file) {
        try {
            ByteBuffer memory = files.openCells(file, geometry.fileBytes(file));
            return mapped.compareAndSet(file, null, memory) ? memory : mapped(file, memory);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot map more of the memory of a queue: " + e.getMessage(), e);
        }
    }

    private ByteBuffer mapped(int file, ByteBuffer otherwise) {
        ByteBuffer memory = mapped.get(file);
        return memory == null ? otherwise : memory;
    }
}
