package io.procession.internal.family;

import java.io.File;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/**
 * Reads the status page of another process, living or dead, by system calls: nothing is mapped, so nothing waits for the garbage
 * collector. Holds one descriptor a page until it is closed or {@linkplain #freeze() frozen}, and so survives the deletion of the page, which
 * the parent of the dead process does when it likes. Safe for all threads, not disturbed by interrupts.
 */
public final class StatusPageReader implements AutoCloseable {
    private final File first;
    private final List<RandomAccessFile> open = new ArrayList<>();
    private final List<ByteBuffer> frozen = new ArrayList<>();
    private boolean closed;

    private StatusPageReader(File first) {
        this.first = first;
    }

    /**
     * Opens the page of a process that lives, or whose parent has not yet removed it.
     *
     * @throws IOException if there is no such page
     */
    public static StatusPageReader open(Path familyDirectory, long incarnation) throws IOException {
        StatusPageReader reader = new StatusPageReader(PageLayout.file(familyDirectory.toFile(), incarnation));
        reader.openUpTo(0);
        return reader;
    }

    /** How far the process has come. */
    public StatusPage.State state() {
        return read(0, PageLayout.STATE_AT, Integer.BYTES).getInt() == 0
                ? StatusPage.State.MADE
                : StatusPage.State.STARTED;
    }

    /** Whether the process went through its shutdown hooks; false also if it lives. */
    public boolean saidGoodbye() {
        return read(0, PageLayout.GOODBYE_AT, Integer.BYTES).getInt() != 0;
    }

    /** The signal that sent the process through its shutdown hooks, if it was one. */
    public OptionalInt goodbyeSignal() {
        int signal = read(0, PageLayout.SIGNAL_AT, Integer.BYTES).getInt();
        return signal == 0 ? OptionalInt.empty() : OptionalInt.of(signal);
    }

    /** What the process left as its reason to end; empty if it left nothing. */
    public String lastWords() {
        int length = read(0, PageLayout.WORDS_LENGTH_AT, Integer.BYTES).getInt();
        if (length <= 0 || length > PageLayout.MAX_WORDS_BYTES) {
            return "";
        }
        return StandardCharsets.UTF_8
                .decode(read(0, PageLayout.WORDS_AT, length))
                .toString();
    }

    /** The number of the task that runs or ran last; 0 if there was none. */
    public long task() {
        return read(0, PageLayout.TASK_AT, Long.BYTES).getLong();
    }

    /** What the process runs, read at once. */
    public Running running() {
        ByteBuffer fields = read(0, PageLayout.TASK_AT, Long.BYTES + 2 * Integer.BYTES);
        long task = fields.getLong();
        int item = fields.getInt();
        return new Running(task, item, fields.getInt() == StatusPage.Mark.RUNNING.ordinal());
    }

    /**
     * What a process runs.
     *
     * @param task the number of the task that runs or ran last; 0 if there was none
     * @param item the item of its chunk that it has reached; -1 before the first
     * @param now whether it runs
     */
    public record Running(long task, int item, boolean now) {}

    /** What the process has {@linkplain StatusPage#hold held} for its parent; mostly empty. To be read when it has ended. */
    public ByteBuffer held() {
        int bytes = read(0, PageLayout.HELD_BYTES_AT, Integer.BYTES).getInt();
        return bytes <= 0 || bytes > PageLayout.MAX_HELD_BYTES
                ? ByteBuffer.allocate(0)
                : read(0, PageLayout.HELD_AT, bytes);
    }

    /** How much of the heap was in use after the last garbage collection, when the process was asked last; 0 if there was none, or it was not asked. */
    public long heapInUse() {
        return read(0, PageLayout.HEAP_AT, Long.BYTES).getLong();
    }

    /** The item of its chunk that the task has reached; -1 before the first. */
    public int item() {
        return read(0, PageLayout.ITEM_AT, Integer.BYTES).getInt();
    }

    /** Whether {@link #task()} runs, or ran when the process died. */
    public boolean taskRuns() {
        return read(0, PageLayout.MARK_AT, Integer.BYTES).getInt() == StatusPage.Mark.RUNNING.ordinal();
    }

    /**
     * Opens what {@link #committed} will need for this slot. To be called while the process lives, which has made the page by then.
     *
     * @throws IOException if there is no such page
     */
    public void prepare(int slot) throws IOException {
        openUpTo(PageLayout.pageOf(slot));
    }

    /** Some commit slots, which were allocated together, as they are at one moment or another between call and return. */
    public long[] committed(int slot, int count) {
        ByteBuffer words = read(PageLayout.pageOf(slot), PageLayout.offsetOf(slot), count * Long.BYTES);
        long[] values = new long[count];
        words.asLongBuffer().get(values);
        return values;
    }

    /** Takes the pages as they are now into memory and gives the descriptors back; for a process that has ended. */
    public synchronized void freeze() {
        if (!closed) {
            for (int page = 0; page < open.size(); page++) {
                frozen.add(read(page, 0, PageLayout.bytes(page)));
            }
            close();
        }
    }

    /** Gives the descriptors back. Idempotent. What was not {@linkplain #freeze() frozen} cannot be read any more. */
    @Override
    public synchronized void close() {
        closed = true;
        for (RandomAccessFile page : open) {
            try {
                page.close();
            } catch (IOException e) {
                throw new UncheckedIOException("cannot close " + first, e);
            }
        }
        open.clear();
    }

    private synchronized void openUpTo(int page) throws IOException {
        while (!closed && open.size() <= page) {
            open.add(new RandomAccessFile(PageLayout.page(first, open.size()), "r"));
        }
    }

    private synchronized ByteBuffer read(int page, int offset, int length) {
        if (page < frozen.size()) {
            return frozen.get(page).slice(offset, length);
        }
        if (closed) {
            throw new IllegalStateException("the status page " + first.getName() + " is closed");
        }
        try {
            openUpTo(page);
            byte[] bytes = new byte[length];
            open.get(page).seek(offset);
            open.get(page).readFully(bytes);
            return ByteBuffer.wrap(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the status page " + first.getName(), e);
        }
    }
}
