package io.procession.tck.queue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;

/** What a producer has put, in memory that survives its death. */
final class PutLedger {
    private static final int BYTES = 16;

    private final ByteBuffer page;

    private PutLedger(ByteBuffer page) {
        this.page = page;
    }

    static PutLedger open(Path file) throws IOException {
        try (RandomAccessFile content = new RandomAccessFile(file.toFile(), "rw")) {
            content.write(new byte[BYTES]);
            return new PutLedger(content.getChannel().map(FileChannel.MapMode.READ_WRITE, 0, BYTES));
        }
    }

    /** The puts of all items before this one have begun. */
    void begun(long before) {
        page.putLong(0, before);
        VarHandle.releaseFence();
    }

    /** They have returned. */
    void returned(long before) {
        VarHandle.releaseFence();
        page.putLong(8, before);
    }

    /** For how many items a put has begun; zero if it has not come so far. */
    static long begun(Path file) throws IOException {
        return read(file).getLong(0);
    }

    /** For how many of them it has returned. */
    static long returned(Path file) throws IOException {
        return read(file).getLong(8);
    }

    private static ByteBuffer read(Path file) throws IOException {
        byte[] content = Files.exists(file) ? Files.readAllBytes(file) : new byte[0];
        return ByteBuffer.wrap(content.length < BYTES ? new byte[BYTES] : content);
    }
}
