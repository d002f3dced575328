package io.procession.internal.family;

import java.io.File;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.MappedByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;

/** One page of the owner, mapped. Never unmapped: it lives as long as its process. */
final class MappedPage {
    private static final VarHandle LONG = MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN)
            .withInvokeExactBehavior();
    private static final VarHandle INT = MethodHandles.byteBufferViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN)
            .withInvokeExactBehavior();

    private final MappedByteBuffer buffer;

    private MappedPage(MappedByteBuffer buffer) {
        this.buffer = buffer;
    }

    /** Maps a page; one that does not exist yet is made, filled with zeros by {@code write}, so that a full disk says so here. */
    static MappedPage open(File file, int bytes) {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return map(file, bytes);
                } catch (ClosedByInterruptException e) {
                    interrupted |= Thread.interrupted();
                } catch (IOException e) {
                    throw new UncheckedIOException("cannot map the status page of this process", e);
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static MappedPage map(File file, int bytes) throws IOException {
        try (RandomAccessFile open = new RandomAccessFile(file, "rw")) {
            if (open.length() < bytes) {
                open.write(new byte[bytes]);
            }
            return new MappedPage(open.getChannel().map(FileChannel.MapMode.READ_WRITE, 0, bytes));
        }
    }

    // SYNC: release orders this store after all earlier ones of the thread. The partner is not an acquire: it is a
    // read() of
    // the page, mostly after the writer's death, which finds each store that was executed before it.
    void setLong(int offset, long value) {
        LONG.setRelease((java.nio.ByteBuffer) buffer, offset, value);
    }

    /** Ordered only by what is set after it. */
    void put(int offset, java.nio.ByteBuffer bytes) {
        buffer.put(offset, bytes, bytes.position(), bytes.remaining());
    }

    void setInt(int offset, int value) {
        INT.setRelease((java.nio.ByteBuffer) buffer, offset, value);
    }
}
