package io.procession.transport.gather;

import java.io.File;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.MappedByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import org.jspecify.annotations.Nullable;

/**
 * Where frames gather, in a file that outlives its process: what lies here survives a {@code kill -9} as well as what the kernel has, so who sent it need not wait
 * until it is written. The other side opens the file and removes it before the link lives, and reads what is left in it when the stream has ended ({@link Remainder}).
 *
 * <pre>
 *   offset                     words of 8 bytes, in the order of the processor
 *        0  first half         position of its first byte in the stream of frames
 *        8                     how many bytes of it count; 0 if none
 *       16  second half        the same
 *       24
 *     4096                     the bytes of the first half, at most 64 KiB
 *    69632                     the bytes of the second half
 * </pre>
 *
 * <p>The halves are two batches: one is being filled while the other is being written. Bytes are put first and counted after, and nobody reads before
 * the writer has died or closed. A half belongs to one thread at a time. A file that cannot be made (a full file system) costs speed and nothing else.
 */
public final class SendMemory {
    static final int HALVES = 2;
    /** What a half holds. */
    public static final int HALF_BYTES = 64 * 1024;

    private static final int HEADER_BYTES = 4096;
    static final int FILE_BYTES = HEADER_BYTES + HALVES * HALF_BYTES;

    private static final VarHandle WORDS = MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.nativeOrder());

    private final MappedByteBuffer memory;

    private SendMemory(MappedByteBuffer memory) {
        this.memory = memory;
    }

    /**
     * Makes the file, or does without.
     *
     * @param file one that does not exist; it gets mode 0600
     * @return null if there is no room for it, or no way to make it: then frames count as written when they are
     */
    public static @Nullable SendMemory createIfPossible(Path file) {
        try {
            return create(file);
        } catch (IOException e) {
            return null;
        }
    }

    /**
     * Makes the file. The zeros are written, so that a full file system says so here and not at a touch. Indifferent to interrupts, which stay set.
     *
     * @param file one that does not exist; it gets mode 0600
     * @return memory in which nothing counts
     * @throws IOException if it cannot be made; then nothing of it is left
     */
    public static SendMemory create(Path file) throws IOException {
        boolean interrupted = Thread.interrupted();
        try {
            Files.createFile(file, ownerOnly());
            return new SendMemory(fill(file));
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static MappedByteBuffer fill(Path file) throws IOException {
        try (RandomAccessFile open = new RandomAccessFile(file.toFile(), "rw")) {
            open.write(new byte[FILE_BYTES]);
            return map(open.getChannel());
        } catch (Throwable t) {
            Files.deleteIfExists(file);
            throw t;
        }
    }

    private static MappedByteBuffer map(FileChannel channel) throws IOException {
        try {
            return channel.map(FileChannel.MapMode.READ_WRITE, 0, FILE_BYTES);
        } catch (ClosedByInterruptException e) {
            Thread.currentThread().interrupt(); // it came just now; the frames go another way
            throw e;
        }
    }

    private static FileAttribute<?>[] ownerOnly() {
        return File.separatorChar == '\\'
                ? new FileAttribute<?>[0]
                : new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                };
    }

    /**
     * The memory of a batch.
     *
     * @param index 0 or 1, each for one batch
     * @return a view of it
     */
    public Half half(int index) {
        return new Half(memory, index);
    }

    /** What one half of a file says of itself. */
    record Range(long start, long bytes) {}

    static Range range(ByteBuffer file, int half) {
        return new Range((long) WORDS.get(file, startAt(half)), (long) WORDS.get(file, bytesAt(half)));
    }

    private static int startAt(int half) {
        return 16 * half;
    }

    private static int bytesAt(int half) {
        return 16 * half + 8;
    }

    static int contentAt(int half) {
        return HEADER_BYTES + half * HALF_BYTES;
    }

    /** The memory of one batch. */
    public static final class Half {
        private final MappedByteBuffer memory;
        private final int index;

        private Half(MappedByteBuffer memory, int index) {
            this.memory = memory;
            this.index = index;
        }

        /**
         * Where the bytes belong.
         *
         * @return a new buffer of {@link #HALF_BYTES} over the memory
         */
        public ByteBuffer bytes() {
            return memory.slice(contentAt(index), HALF_BYTES);
        }

        /**
         * Says where in the stream the first byte belongs, while no byte counts.
         *
         * @param start how many bytes of frames were sent before it
         */
        public void begin(long start) {
            WORDS.set(memory, startAt(index), start);
        }

        /**
         * Says how many bytes count from now on, whatever happens to this process.
         *
         * @param bytes 0 when all of them are written
         */
        public void count(int bytes) {
            // SYNC: after the bytes, and after the start of the first of them. Who reads does so after the end of this
            // process or of its stream.
            WORDS.setRelease(memory, bytesAt(index), (long) bytes);
        }
    }
}
