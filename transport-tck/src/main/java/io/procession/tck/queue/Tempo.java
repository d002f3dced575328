package io.procession.tck.queue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.concurrent.locks.LockSupport;

/** Whether consumers take as fast as they can, or leave the processors to those that are being started. One page for all processes. */
final class Tempo {
    private static final long PAUSE_NANOS = 1_000_000;

    private final ByteBuffer page;

    private Tempo(ByteBuffer page) {
        this.page = page;
    }

    /** Opens the page, in any process. */
    static Tempo open(Path file) throws IOException {
        try (RandomAccessFile content = new RandomAccessFile(file.toFile(), "rw")) {
            return new Tempo(content.getChannel().map(FileChannel.MapMode.READ_WRITE, 0, Long.BYTES));
        }
    }

    void setCalm(boolean calm) {
        page.putLong(0, calm ? 1 : 0);
        VarHandle.fullFence();
    }

    /** A short pause, if it is calm. */
    void pauseIfCalm() {
        VarHandle.acquireFence();
        if (page.getLong(0) != 0) {
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }
}
