package io.procession.transport.gather;

import io.procession.transport.gather.SendMemory.Range;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * What the other side has sent and not written when its stream ends: the bytes of its {@link SendMemory} that follow those which have arrived. It is opened before the link lives and its
 * file removed at once, so nothing is left of it whatever happens to either side. For one thread at a time.
 */
public final class Remainder {
    private final @Nullable ByteBuffer memory;
    private @Nullable ByteBuffer rest;

    private Remainder(@Nullable ByteBuffer memory) {
        this.memory = memory;
    }

    /**
     * Nothing will be left.
     *
     * @return what a link has whose other side keeps nothing
     */
    public static Remainder none() {
        return new Remainder(null);
    }

    /**
     * Opens the other side's memory and removes its file.
     *
     * @param file where the other side has made it, if it could
     * @return none if there is no such file
     * @throws IOException if there is one that cannot be read: what its writer counts as written could be lost
     */
    public static Remainder adopt(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
            Files.delete(file);
            if (channel.size() != SendMemory.FILE_BYTES) {
                throw new IOException(
                        file + " has " + channel.size() + " bytes; expected were " + SendMemory.FILE_BYTES);
            }
            return new Remainder(channel.map(FileChannel.MapMode.READ_ONLY, 0, SendMemory.FILE_BYTES)
                    .order(ByteOrder.nativeOrder()));
        } catch (NoSuchFileException none) {
            return none();
        }
    }

    /**
     * Reads it, after the end of the stream.
     *
     * @param received how many bytes of frames have arrived
     * @return what follows them without a gap; at the next calls, what is left of that
     */
    public ByteBuffer after(long received) {
        ByteBuffer known = rest;
        if (known == null) {
            known = memory == null ? ByteBuffer.allocate(0) : follow(memory, received);
            rest = known;
        }
        return known;
    }

    private static ByteBuffer follow(ByteBuffer file, long received) {
        ByteBuffer all = ByteBuffer.allocate(SendMemory.HALVES * SendMemory.HALF_BYTES);
        // The second look is for the half that comes first and lies second.
        for (int look = 0; look < SendMemory.HALVES; look++) {
            for (int half = 0; half < SendMemory.HALVES; half++) {
                add(file, half, received, all);
            }
        }
        return all.flip();
    }

    private static void add(ByteBuffer file, int half, long received, ByteBuffer all) {
        Range range = SendMemory.range(file, half);
        long known = received + all.position() - range.start();
        if (range.bytes() < 0 || range.bytes() > SendMemory.HALF_BYTES || known < 0 || known >= range.bytes()) {
            return; // nothing new, or a gap before it
        }
        int from = (int) known;
        int count = (int) range.bytes() - from;
        all.put(all.position(), file, SendMemory.contentAt(half) + from, count).position(all.position() + count);
    }
}
