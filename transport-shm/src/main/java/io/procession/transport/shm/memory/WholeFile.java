package io.procession.transport.shm.memory;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.TRUNCATE_EXISTING;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/** Files that are written once, and read. Interrupts of the calling thread do no harm and stay. */
public final class WholeFile {
    /** Through direct memory in pieces: the JDK would keep a direct buffer of the size of the largest item for each thread. */
    private static final int PIECE_BYTES = 64 << 10;

    private WholeFile() {}

    /** Writes a file of mode 0600, one buffer after the other; nothing is left of one that does not come about. */
    public static void write(Path file, List<ByteBuffer> parts) throws IOException {
        Uninterrupted.call(() -> {
            try (FileChannel channel =
                    FileChannel.open(file, Set.of(CREATE, TRUNCATE_EXISTING, WRITE), MappedFile.ownersOnly())) {
                for (ByteBuffer part : parts) {
                    for (int at = part.position(); at < part.limit(); ) {
                        ByteBuffer piece = part.slice(at, Math.min(PIECE_BYTES, part.limit() - at));
                        at += channel.write(piece);
                    }
                }
                return file;
            } catch (Throwable t) {
                Files.deleteIfExists(file);
                throw t;
            }
        });
    }

    /** Reads a file of which the size is known. */
    public static ByteBuffer read(Path file, int bytes) throws IOException {
        return read(file, 0, bytes);
    }

    /** Reads a part of a file. */
    public static ByteBuffer read(Path file, long at, int bytes) throws IOException {
        return Uninterrupted.call(() -> {
            ByteBuffer all = ByteBuffer.allocate(bytes);
            try (FileChannel channel = FileChannel.open(file, READ).position(at)) {
                while (all.hasRemaining()) {
                    int end = Math.min(all.position() + PIECE_BYTES, bytes);
                    if (channel.read(all.limit(end)) < 0) {
                        throw new EOFException(file + " has fewer than " + bytes + " bytes from " + at);
                    }
                    all.limit(bytes);
                }
            }
            return all.flip();
        });
    }
}
