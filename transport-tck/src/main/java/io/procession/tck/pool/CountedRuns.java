package io.procession.tck.pool;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** How often each of many tasks has begun, in a file that survives whoever counts: so cheap that it leaves short tasks short. */
final class CountedRuns {
    private static final VarHandle COUNT = MethodHandles.byteBufferViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);

    /** Mapped once a process. */
    private static final Map<String, ByteBuffer> MAPPED = new ConcurrentHashMap<>();

    private CountedRuns() {}

    static void create(Path file, int tasks) throws IOException {
        Files.write(file, new byte[tasks * Integer.BYTES]);
    }

    /** Counts, and gives the number back. */
    static int run(String file, int task) {
        COUNT.getAndAdd(MAPPED.computeIfAbsent(file, CountedRuns::map), task * Integer.BYTES, 1);
        return task;
    }

    static int count(String file, int task) {
        return (int) COUNT.getVolatile(MAPPED.computeIfAbsent(file, CountedRuns::map), task * Integer.BYTES);
    }

    private static ByteBuffer map(String name) {
        try (RandomAccessFile file = new RandomAccessFile(name, "rw")) {
            return file.getChannel().map(FileChannel.MapMode.READ_WRITE, 0, file.length());
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
