package io.procession.internal.family;

import java.io.File;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What this process tells others for the case of its death: see {@link PageLayout}. Safe for all threads, except that the marks of
 * the current task belong to one thread and each commit slot to one writer at a time.
 */
public final class StatusPage {
    /** How far a process has come. */
    public enum State {
        /** Its parent has made the page. */
        MADE,
        /** Its JVM runs and its shutdown hook stands. */
        STARTED
    }

    /** Whether the current task runs. */
    public enum Mark {
        /** Nothing ran yet, or the last task has ended. */
        IDLE,
        /** The task has started. */
        RUNNING
    }

    private final File file;
    private final RandomAccessFile cold;
    private final List<MappedPage> pages = new ArrayList<>();
    private final BitSet usedSlots = new BitSet();
    private volatile @Nullable MappedPage hot;

    private StatusPage(File file, RandomAccessFile cold) {
        this.file = file;
        this.cold = cold;
    }

    /** Where the page of a process lies. */
    public static Path path(Path familyDirectory, long incarnation) {
        return PageLayout.file(familyDirectory.toFile(), incarnation).toPath();
    }

    /**
     * Makes the page of a process that is about to start.
     *
     * @return whether it is made; false if another process of the family has the same short name
     */
    static boolean create(File directory, long incarnation) throws IOException {
        File file = PageLayout.file(directory, incarnation);
        if (!file.createNewFile()) {
            return false;
        }
        try (RandomAccessFile page = new RandomAccessFile(file, "rw")) {
            byte[] zeros = new byte[PageLayout.FIRST_PAGE_BYTES];
            ByteBuffer.wrap(zeros).putInt(PageLayout.MAGIC_AT, PageLayout.MAGIC);
            page.write(zeros);
        } catch (IOException e) {
            file.delete();
            throw e;
        }
        return true;
    }

    /** Opens the page of this very process. */
    static StatusPage open(File directory, ProcessIdentity self) throws IOException {
        File file = PageLayout.file(directory, self.incarnation());
        if (!file.exists()) {
            throw new IOException(file + " is gone: the parent has died, or something deletes files in this directory");
        }
        StatusPage page = new StatusPage(file, new RandomAccessFile(file, "rw"));
        page.write(PageLayout.PID_AT, ByteBuffer.allocate(Long.BYTES).putLong(self.pid()));
        return page;
    }

    /** Removes the pages of a process that has ended. Its parent does so. */
    public static void delete(Path familyDirectory, long incarnation) {
        File first = PageLayout.file(familyDirectory.toFile(), incarnation);
        boolean deleted = first.delete();
        for (int page = 1; deleted && PageLayout.page(first, page).delete(); page++) {
            // each further page exists only if the one before it does
        }
    }

    /** Says how far this process has come. */
    public void state(State state) {
        write(PageLayout.STATE_AT, ByteBuffer.allocate(Integer.BYTES).putInt(state.ordinal()));
    }

    /**
     * Says that this process exits through its shutdown hooks.
     *
     * @param signal the number of the signal that made it exit, or 0 if it exits by itself
     */
    void goodbye(int signal) {
        write(
                PageLayout.GOODBYE_AT,
                ByteBuffer.allocate(2 * Integer.BYTES).putInt(1).putInt(signal));
    }

    /**
     * Leaves a summary of why this process ends. What does not fit (1984 bytes) is cut off.
     *
     * @param summary the text; replaces an earlier one
     */
    public void lastWords(String summary) {
        byte[] text = summary.getBytes(StandardCharsets.UTF_8);
        int length = Math.min(text.length, PageLayout.MAX_WORDS_BYTES);
        write(PageLayout.WORDS_AT, ByteBuffer.allocate(length).put(text, 0, length));
        write(PageLayout.WORDS_LENGTH_AT, ByteBuffer.allocate(Integer.BYTES).putInt(length));
    }

    /**
     * Says how much of the heap was in use after the last garbage collection.
     *
     * @param bytes 0 if there was none yet
     */
    public void heapInUse(long bytes) {
        write(PageLayout.HEAP_AT, ByteBuffer.allocate(Long.BYTES).putLong(bytes));
    }

    /** Says that a task begins, before its first item. */
    public void taskStarted(long task) {
        MappedPage page = hot();
        page.setInt(PageLayout.MARK_AT, Mark.IDLE.ordinal()); // never the new number under the old mark
        page.setLong(PageLayout.TASK_AT, task);
        page.setInt(PageLayout.ITEM_AT, -1);
        page.setInt(PageLayout.MARK_AT, Mark.RUNNING.ordinal());
    }

    /** Says which item of its chunk the current task has reached. */
    public void itemStarted(int item) {
        hot().setInt(PageLayout.ITEM_AT, item);
    }

    /** Says that the current task has ended; its number stays to be read. */
    public void taskEnded() {
        hot().setInt(PageLayout.MARK_AT, Mark.IDLE.ordinal());
    }

    /** How much {@link #hold} takes in all. */
    public static int maxHeldBytes() {
        return PageLayout.MAX_HELD_BYTES;
    }

    /**
     * Keeps something that the parent shall have even if this process dies now. One thread at a time.
     *
     * @param before how much is held already
     * @param bytes what is added
     */
    public void hold(int before, ByteBuffer bytes) {
        MappedPage page = hot();
        int size = bytes.remaining();
        page.put(PageLayout.HELD_AT + before, bytes);
        page.setInt(PageLayout.HELD_BYTES_AT, before + size);
    }

    /** The parent has, or will get, what was {@linkplain #hold held}. */
    public void releaseHeld() {
        hot().setInt(PageLayout.HELD_BYTES_AT, 0);
    }

    /**
     * Words for something that this process takes, side by side in one page, all zero. May map a page, which can take milliseconds.
     *
     * @param count how many, at most 256
     */
    public CommitSlots allocateCommitSlots(int count) {
        synchronized (usedSlots) {
            int index = usedSlots.nextClearBit(0);
            while (!fits(index, count)) {
                index = usedSlots.nextClearBit(index + 1);
            }
            CommitSlots slots = new CommitSlots(this, page(PageLayout.pageOf(index)), index, count);
            usedSlots.set(index, index + count);
            return slots;
        }
    }

    private boolean fits(int index, int count) {
        int next = usedSlots.nextSetBit(index);
        return (next < 0 || next >= index + count) && PageLayout.pageOf(index) == PageLayout.pageOf(index + count - 1);
    }

    void release(int slot, int count) {
        synchronized (usedSlots) {
            usedSlots.clear(slot, slot + count);
        }
    }

    private MappedPage hot() {
        MappedPage page = hot;
        if (page == null) {
            synchronized (usedSlots) {
                page = page(0);
                hot = page;
            }
        }
        return page;
    }

    private MappedPage page(int index) {
        while (pages.size() <= index) {
            pages.add(MappedPage.open(PageLayout.page(file, pages.size()), PageLayout.bytes(pages.size())));
        }
        return pages.get(index);
    }

    private void write(int offset, ByteBuffer value) {
        byte[] bytes = new byte[value.capacity()];
        value.rewind().get(bytes);
        synchronized (cold) {
            try {
                cold.seek(offset);
                cold.write(bytes);
            } catch (IOException e) {
                throw new UncheckedIOException("cannot write the status page of this process", e);
            }
        }
    }
}
