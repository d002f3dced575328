package io.procession.transport.shm.queue;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Who lives, by a lock of one byte for each process, as the participants file of a family has it. One for each JVM and file: closing another channel of the file would give up the lock. */
final class LockedBytes implements Liveness, Closeable {
    private final FileChannel channel;
    private final long own;

    @SuppressWarnings("unused") // held for life
    private final FileLock lock;

    LockedBytes(Path file, long own) throws IOException {
        this.channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        this.own = own;
        this.lock = channel.lock(own, 1, false);
    }

    /** From now on this process counts as dead. */
    @Override
    public void close() throws IOException {
        channel.close();
    }

    @Override
    public boolean isAlive(long incarnation) {
        if (incarnation == own) {
            return true;
        }
        synchronized (channel) {
            try (FileLock probe = channel.tryLock(incarnation, 1, false)) {
                return probe == null;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
