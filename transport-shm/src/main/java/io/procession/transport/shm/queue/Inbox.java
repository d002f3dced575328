package io.procession.transport.shm.queue;

import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import io.procession.transport.shm.memory.Uninterrupted;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;

/**
 * A FIFO in which others ring, and the daemon thread that reads it. One byte means "look at everything". A process that is stopped or dead is no reason to wait for who rings: each ring needs a word that this
 * process had set, so there are never more bytes unread than words.
 */
final class Inbox {
    private final RandomAccessFile fifo;
    private final Runnable onRing;
    private volatile boolean closed;

    private Inbox(RandomAccessFile fifo, Runnable onRing) {
        this.fifo = fifo;
        this.onRing = onRing;
    }

    /**
     * Makes the FIFO and begins to read.
     *
     * @param onRing called on the thread of the inbox; must not block
     * @throws IOException if there is no program {@code mkfifo}, or it fails; the text says so
     */
    static Inbox open(Path path, Runnable onRing) throws IOException {
        if (!isFifo(path)) { // that of an earlier listener, whose removal failed, will do
            Files.deleteIfExists(path);
            Mkfifo.make(path);
        }
        // For reading and writing: the open does not wait for anybody, and a read never meets the end of file.
        Inbox inbox = new Inbox(new RandomAccessFile(path.toFile(), "rw"), onRing);
        Thread reader = new Thread(null, inbox::read, "procession-inbox-" + path.getFileName(), 0, false);
        reader.setDaemon(true);
        reader.start();
        return inbox;
    }

    /**
     * Rings at another process.
     *
     * @return false if it has no inbox any more
     */
    static boolean ring(Path path) throws IOException {
        if (!isFifo(path)) {
            return false;
        }
        try {
            // Opened without making it: it may go at any moment, and a plain file in its place would wake nobody. For
            // reading as well, or the open waited for a reader.
            return Uninterrupted.call(() -> {
                try (FileChannel fifo = FileChannel.open(path, READ, WRITE)) {
                    fifo.write(ByteBuffer.wrap(new byte[] {1}));
                    return true;
                }
            });
        } catch (NoSuchFileException gone) {
            return false;
        }
    }

    private static boolean isFifo(Path path) throws IOException {
        return Files.exists(path, LinkOption.NOFOLLOW_LINKS)
                && Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
                        .isOther();
    }

    private void read() {
        byte[] bytes = new byte[64];
        try (fifo) {
            while (!closed && fifo.read(bytes) >= 0) {
                onRing.run();
            }
        } catch (IOException e) {
            // Nothing wakes the sleepers any more but their own clock.
        }
    }

    /** Ends the thread. */
    void close() {
        closed = true;
        try {
            fifo.write(1); // wakes the reader, which then closes the file
        } catch (IOException e) {
            // It has done so already.
        }
    }
}
