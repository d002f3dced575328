package io.procession.internal.family;

import java.io.File;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;

/**
 * The file in which each living member of a family holds the lock of one byte: the one at the offset of its incarnation. The
 * kernel gives the byte back at the moment of death, however the process dies and even while it is a zombie, so a probe needs
 * no clock and cannot be fooled by a reused pid (measured: 2.8 µs).
 *
 * <p>POSIX drops <em>all</em> locks of a process on a file as soon as it closes <em>any</em> descriptor of that file. Therefore each process
 * opens it once, for life, through {@link #join}, and {@link OwnFamilies} keeps every other copy of this library in the same JVM
 * away from it. A search through the files of the user in the same JVM would do the same harm, so the file cannot be opened for reading
 * (by anyone but root): nothing stands in it, and a lock needs only the right to write.
 */
final class Participants {
    static final String FILE_NAME = "participants";

    private final FileChannel channel;
    private final long own;

    @SuppressWarnings("unused") // held for life: closing or losing it would declare this process dead
    private final FileLock ownByte;

    private Participants(FileChannel channel, long own, FileLock ownByte) {
        this.channel = channel;
        this.own = own;
        this.ownByte = ownByte;
    }

    /** Makes the file and locks the byte of the root, for life. */
    static Participants found(File directory, long incarnation) throws IOException {
        Participants participants = lock(directory, incarnation);
        new File(directory, FILE_NAME).setReadable(false, false);
        return participants;
    }

    /** Locks the byte of this process, for life. */
    static Participants join(File directory, long incarnation) throws IOException {
        if (!existsIn(
                directory)) { // a file made anew would be another one than that in which the parent holds its lock
            throw new IOException(new File(directory, FILE_NAME)
                    + " is gone: the root has ended, or something deletes files in this directory");
        }
        return lock(directory, incarnation);
    }

    static boolean existsIn(File directory) {
        return new File(directory, FILE_NAME).exists();
    }

    /** Lets the file look used: nothing is ever read or written in it, and cleaners go by age. */
    static void refresh(File directory) {
        new File(directory, FILE_NAME).setLastModified(System.currentTimeMillis());
    }

    private static Participants lock(File directory, long incarnation) throws IOException {
        FileChannel channel = open(new File(directory, FILE_NAME)).getChannel();
        FileLock lock = channel.tryLock(incarnation, 1, false);
        if (lock == null) {
            channel.close();
            throw new IOException("the family in " + directory + " is being swept: its root has ended");
        }
        return new Participants(channel, incarnation, lock);
    }

    /** For writing only, as its mode demands, and without truncating it. */
    @SuppressWarnings("resource") // its channel is what is used and closed
    private static FileOutputStream open(File file) throws IOException {
        return new FileOutputStream(file, true);
    }

    /** Declares this process dead: for a family that did not come about. */
    void close() throws IOException {
        channel.close();
    }

    /** Whether the process with this incarnation lives. One that is started but has not yet reached its first line counts as dead. */
    boolean isAlive(long incarnation) {
        if (incarnation == own) {
            return true;
        }
        synchronized (channel) { // two threads probing one byte would meet an OverlappingFileLockException
            try (FileLock probe = channel.tryLock(incarnation, 1, false)) {
                return probe == null;
            } catch (IOException e) {
                throw new java.io.UncheckedIOException("cannot probe the participants of this family", e);
            }
        }
    }

    /** Whether there is the file of a family in that directory and nobody of it lives; must not be a family of this JVM. */
    static boolean nobodyIn(File directory) {
        File file = new File(directory, FILE_NAME);
        if (!file.isFile() || file.length() > 0) { // nothing is ever written to ours
            return false;
        }
        try (FileOutputStream open = open(file);
                FileLock all = open.getChannel().tryLock(0, Long.MAX_VALUE, false)) {
            return all != null;
        } catch (IOException | OverlappingFileLockException notOursToJudge) {
            return false;
        }
    }
}
