package io.procession.transport.shm.memory;

import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.File;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;

/**
 * Files of a fixed size, mapped. Interrupts of the calling thread do no harm and stay. A mapping lives until the garbage collector finds its buffer: Java 17 has no other
 * way to end it.
 */
public final class MappedFile {
    private static final int CHUNK_BYTES = 64 << 10;

    private MappedFile() {}

    /** Makes a file of mode 0600, filled with zeros by {@code write}: a full file system says so here, and not on first touch. */
    public static MappedByteBuffer create(Path file, int bytes) throws IOException {
        return Uninterrupted.call(() -> tryCreate(file, bytes));
    }

    /** Maps a file that another process made. */
    public static MappedByteBuffer open(Path file, int bytes) throws IOException {
        return Uninterrupted.call(() -> tryOpen(file, bytes));
    }

    private static MappedByteBuffer tryCreate(Path file, int bytes) throws IOException {
        Set<OpenOption> options = Set.of(CREATE_NEW, READ, WRITE);
        try (FileChannel channel = FileChannel.open(file, options, ownersOnly())) {
            ByteBuffer zeros = ByteBuffer.allocateDirect(Math.min(bytes, CHUNK_BYTES));
            for (int left = bytes; left > 0; ) {
                left -= channel.write(zeros.clear().limit(Math.min(left, zeros.capacity())));
            }
            return channel.map(FileChannel.MapMode.READ_WRITE, 0, bytes);
        } catch (java.nio.file.FileAlreadyExistsException e) {
            throw e;
        } catch (Throwable t) {
            Files.deleteIfExists(file);
            throw t;
        }
    }

    private static MappedByteBuffer tryOpen(Path file, int bytes) throws IOException {
        try (FileChannel channel = FileChannel.open(file, Set.of(READ, WRITE, LinkOption.NOFOLLOW_LINKS))) {
            long size = channel.size();
            if (size != bytes) {
                throw new IOException(file + " has " + size + " bytes; expected were " + bytes);
            }
            return channel.map(FileChannel.MapMode.READ_WRITE, 0, bytes);
        }
    }

    static FileAttribute<?>[] ownersOnly() {
        if (File.separatorChar == '\\') {
            return new FileAttribute<?>[0];
        }
        return new FileAttribute<?>[] {
            PosixFilePermissions.asFileAttribute(
                    EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE))
        };
    }
}
