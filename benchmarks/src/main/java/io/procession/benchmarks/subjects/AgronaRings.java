package io.procession.benchmarks.subjects;

import java.io.IOException;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.ringbuffer.ManyToOneRingBuffer;
import org.agrona.concurrent.ringbuffer.OneToOneRingBuffer;
import org.agrona.concurrent.ringbuffer.RingBuffer;
import org.agrona.concurrent.ringbuffer.RingBufferDescriptor;

/** Two of Agrona's rings in one file that two JVMs map: in memory, where there is such a place. */
public record AgronaRings(RingBuffer toHost, RingBuffer toChild) {
    /** What Agrona asks of each JVM. */
    public static final List<String> FLAGS = List.of("--add-opens", "java.base/jdk.internal.misc=ALL-UNNAMED");

    static final int TYPE = 1;

    static Path createFile(int rings, int ringBytes) throws IOException {
        Path memory = Path.of("/dev/shm");
        Path file = Files.isDirectory(memory)
                ? Files.createTempFile(memory, "agrona", ".rings")
                : Files.createTempFile("agrona", ".rings");
        Files.write(file, new byte[rings * (ringBytes + RingBufferDescriptor.TRAILER_LENGTH)]);
        return file;
    }

    /** For many writers each, as many as there are in the file. */
    static List<RingBuffer> mapMany(Path file, int rings) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            int each = (int) (channel.size() / rings);
            MappedByteBuffer memory = channel.map(FileChannel.MapMode.READ_WRITE, 0, channel.size());
            List<RingBuffer> all = new ArrayList<>();
            for (int i = 0; i < rings; i++) {
                all.add(new ManyToOneRingBuffer(new UnsafeBuffer(memory, i * each, each)));
            }
            return all;
        }
    }

    static AgronaRings map(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            int half = (int) (channel.size() / 2);
            MappedByteBuffer memory = channel.map(FileChannel.MapMode.READ_WRITE, 0, channel.size());
            return new AgronaRings(
                    new OneToOneRingBuffer(new UnsafeBuffer(memory, 0, half)),
                    new OneToOneRingBuffer(new UnsafeBuffer(memory, half, half)));
        }
    }
}
