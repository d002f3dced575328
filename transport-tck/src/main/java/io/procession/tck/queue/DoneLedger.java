package io.procession.tck.queue;

import java.io.IOException;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** How often a consumer has taken each item, and how many it has finished, in memory that survives it. Written by one thread. */
final class DoneLedger {
    private final MappedByteBuffer page;

    private DoneLedger(MappedByteBuffer page) {
        this.page = page;
    }

    static DoneLedger create(Path file, int items) throws IOException {
        Files.write(file, new byte[Integer.BYTES + items]);
        return open(file);
    }

    static DoneLedger open(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            return new DoneLedger(channel.map(FileChannel.MapMode.READ_WRITE, 0, channel.size()));
        }
    }

    void taken(int item) {
        page.put(Integer.BYTES + item, (byte) (timesTaken(item) + 1));
    }

    void done() {
        page.putInt(0, doneInAll() + 1);
    }

    int timesTaken(int item) {
        return page.get(Integer.BYTES + item);
    }

    int doneInAll() {
        return page.getInt(0);
    }
}
