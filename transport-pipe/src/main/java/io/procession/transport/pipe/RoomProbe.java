package io.procession.transport.pipe;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Finds out how many unread bytes a FIFO surely has room for, by filling it and emptying it again before it is used. Java cannot ask (that would be {@code
 * F_GETPIPE_SZ}), and the answer differs: Linux gives a FIFO 16 pages, but only two to the pipes of a user beyond his 1024th.
 *
 * <p><b>Pages, not bytes, run out.</b> The kernel adds what is written to the last page only if it fits there whole; else it takes a new page. So two
 * neighbouring pages hold more than one page of bytes together, and the first page may be read all but one byte: with {@code w} bytes unread at most
 * {@code 2 w / page + 2} pages are in use. 16 pages of 4 KiB are enough for 28 KiB. With two pages a page of bytes is safe: what does not fit into the second page
 * together with what is there would be more than a page. (Tried: after 16 writes of 2049 bytes the next one blocks.)
 */
final class RoomProbe {
    /** Safe in every FIFO, also in the small ones and outside Linux. */
    static final int SMALL_WINDOW_BYTES = 4 * 1024;
    /** Safe in a FIFO that has taken 16 pages. */
    static final int LARGE_WINDOW_BYTES = 28 * 1024;

    private static final int PAGE_BYTES = 4096;
    private static final int PAGES = 16;
    private static final boolean WORTHWHILE = System.getProperty("os.name").equals("Linux");

    /** The FIFO that is being filled, maybe by a write that blocks. */
    private @Nullable FifoWriter filling;

    private int lastSeenBytes;
    private volatile boolean rescued;

    /**
     * The window of a FIFO that nobody reads yet. A small FIFO blocks this thread until another calls {@link #rescue} twice.
     */
    int windowBytes(FifoWriter fifo) throws IOException {
        if (!WORTHWHILE || rescued) {
            return SMALL_WINDOW_BYTES;
        }
        synchronized (this) {
            filling = fifo;
            lastSeenBytes = 0;
        }
        ByteBuffer page = ByteBuffer.allocateDirect(PAGE_BYTES);
        for (int i = 0; i < PAGES && !rescued; i++) {
            fifo.writeBlocking(page.clear());
        }
        synchronized (this) {
            filling = null;
            fifo.discardUnread();
            return rescued ? SMALL_WINDOW_BYTES : LARGE_WINDOW_BYTES;
        }
    }

    /** To be called now and then by another thread: empties a FIFO whose filling has not got on since the last call. Does not block. */
    synchronized void rescue() throws IOException {
        if (filling == null) {
            return;
        }
        int seen = filling.unreadBytes();
        if (seen > 0 && seen == lastSeenBytes) {
            rescued = true;
            filling.discardUnread();
        }
        lastSeenBytes = seen;
    }
}
