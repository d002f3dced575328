package io.procession.transport.pipe;

import java.io.Closeable;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * The end of a FIFO that writes, open for reading too: so its open does not block, no write meets a broken pipe, and the bytes that
 * the other side has not read can be counted. That the other side has died is seen on the FIFO of the other direction.
 *
 * <p>Not safe for several threads at once, except {@link #close} against {@link #writeBlocking}.
 */
final class FifoWriter implements Closeable {
    private final RandomAccessFile file;
    private final FileChannel channel;
    private final FileInputStream gauge;

    private FifoWriter(RandomAccessFile file) throws IOException {
        this.file = file;
        this.channel = file.getChannel();
        this.gauge = new FileInputStream(file.getFD());
    }

    static FifoWriter open(Path path) throws IOException {
        if (!Fifo.exists(path)) {
            throw new NoSuchFileException(path.toString());
        }
        RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw");
        try {
            // "rw" creates what is not there: the FIFO may have been removed since it was seen.
            if (!Fifo.exists(path)) {
                Files.deleteIfExists(path);
                throw new NoSuchFileException(path.toString());
            }
            return new FifoWriter(file);
        } catch (Throwable t) {
            file.close();
            throw t;
        }
    }

    /**
     * Writes on the calling thread, indifferent to its interrupts: a channel would be closed by one. For writes that find room, since nothing ends this call
     * once it blocks.
     */
    void write(byte[] bytes, int offset, int length) throws IOException {
        file.write(bytes, offset, length);
    }

    /** Writes all that remains; blocks while the FIFO is full. {@link #close} ends it. For threads that nobody interrupts. */
    void writeBlocking(ByteBuffer direct) throws IOException {
        while (direct.hasRemaining()) {
            channel.write(direct);
        }
    }

    /** The bytes written and not read yet. */
    int unreadBytes() throws IOException {
        return gauge.available();
    }

    /** Reads away what is unread; for a FIFO that nobody else reads meanwhile. */
    void discardUnread() throws IOException {
        byte[] bytes = new byte[4096];
        for (int unread = unreadBytes(); unread > 0; unread = unreadBytes()) {
            gauge.read(bytes, 0, Math.min(unread, bytes.length));
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
