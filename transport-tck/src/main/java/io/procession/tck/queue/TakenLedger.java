package io.procession.tck.queue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** What a consumer has decoded and what it has taken, in order, in memory that survives its death. For one thread at a time. */
final class TakenLedger {
    /** Who has filled his ledger ends, and is replaced. */
    private static final int BYTES = 16 << 20;

    private static final long TAKEN = 1L << 62;
    private static final int NUMBER_BITS = 40;

    private static volatile @Nullable TakenLedger ofThisProcess;

    private final ByteBuffer page;
    private int end = Long.BYTES;

    private TakenLedger(ByteBuffer page) {
        this.page = page;
    }

    /** Opens the ledger of this process. */
    static TakenLedger open(Path file) throws IOException {
        try (RandomAccessFile content = new RandomAccessFile(file.toFile(), "rw")) {
            content.setLength(BYTES);
            TakenLedger ledger = new TakenLedger(content.getChannel().map(FileChannel.MapMode.READ_WRITE, 0, BYTES));
            ofThisProcess = ledger;
            return ledger;
        }
    }

    static @Nullable TakenLedger ofThisProcess() {
        return ofThisProcess;
    }

    synchronized boolean isFull() {
        return end > BYTES - (1 << 16);
    }

    synchronized void decoded(int producer, long number) {
        write((long) producer << NUMBER_BITS | number);
    }

    synchronized void taken(Counted item) {
        write(TAKEN | (long) item.producer() << NUMBER_BITS | item.number());
    }

    private void write(long entry) {
        page.putLong(end, entry);
        end += Long.BYTES;
        VarHandle.releaseFence();
        page.putInt(0, end);
    }

    /** Whether the process of this ledger has come so far as to take something. */
    static boolean isBegun(Path file) throws IOException {
        if (!Files.exists(file)) {
            return false;
        }
        try (RandomAccessFile content = new RandomAccessFile(file.toFile(), "r")) {
            return content.length() >= BYTES && content.readInt() > Long.BYTES;
        }
    }

    /** Reads a ledger whose process has ended. */
    static void read(Path file, Reader reader) throws IOException {
        if (!isBegun(file)) {
            return;
        }
        try (RandomAccessFile content = new RandomAccessFile(file.toFile(), "r")) {
            byte[] entries = new byte[content.readInt()];
            content.seek(0);
            content.readFully(entries);
            ByteBuffer all = ByteBuffer.wrap(entries).position(Long.BYTES);
            while (all.hasRemaining()) {
                long entry = all.getLong();
                int producer = (int) ((entry & ~TAKEN) >>> NUMBER_BITS);
                long number = entry & (1L << NUMBER_BITS) - 1;
                if ((entry & TAKEN) != 0) {
                    reader.taken(producer, number);
                } else {
                    reader.decoded(producer, number);
                }
            }
        }
    }

    /** Gets the entries in order. */
    interface Reader {
        void decoded(int producer, long number);

        void taken(int producer, long number);
    }
}
