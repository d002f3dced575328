package io.procession.transport.shm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import io.procession.transport.shm.LinkLayout.Direction;
import io.procession.transport.shm.memory.Words;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Large frames: through segments while there are some, through the ring otherwise, and no file is left of either. */
class SegmentTest {
    private static final Geometry GEOMETRY = new Geometry(16 << 10, 2, 0);
    private static final int LARGE = GEOMETRY.maxFrameBytes() - 3;

    @TempDir
    Path directory;

    private LinkMemory host;
    private LinkMemory client;
    private SegmentReader segments;
    private RingReader reader;

    @BeforeEach
    void link() throws IOException {
        host = LinkMemory.create(directory.resolve("link"), GEOMETRY, 1);
        client = LinkMemory.attach(directory.resolve("link"), 1);
        segments = host.segmentReader();
        reader = host.reader(segments);
    }

    @Test
    void theRingsHaveNoNameOnceBothSidesHaveMappedThem() throws Exception {
        assertThat(files()).isEmpty();
    }

    @Test
    void aLargeFrameTakesNoRoomInTheRingAndItsSegmentIsUsedAgain() throws Exception {
        FrameWriter writer = client.writer();
        for (int number = 0; number < 100; number++) {
            assertThat(writer.write(LARGE, Frames.numbered(number, LARGE))).isTrue();
            assertThat(writer.unpublishedBytes()).isLessThan(2 * RingWriter.SEGMENT_RECORD_BYTES);
            writer.publish();
            assertThat(read()).isEqualTo(Frames.numbered(number, LARGE));
            assertThat(Words.getIntAcquire(host.memory(), Direction.TO_HOST.madeAt()))
                    .as("segments")
                    .isEqualTo(1);
        }
        assertThat(files()).isEmpty();
    }

    @Test
    void whenAllSegmentsAreTakenTheWriterWaitsForOne() throws Exception {
        FrameWriter writer = client.writer();
        assertThat(writer.write(LARGE, Frames.numbered(1, LARGE))).isTrue();
        assertThat(writer.write(LARGE, Frames.numbered(2, LARGE))).isTrue();
        assertThat(writer.write(LARGE, Frames.numbered(3, LARGE))).isFalse();
        writer.publish();
        assertThat(read()).isEqualTo(Frames.numbered(1, LARGE));
        assertThat(writer.write(LARGE, Frames.numbered(3, LARGE))).isTrue();
        writer.publish();
        assertThat(read()).isEqualTo(Frames.numbered(2, LARGE));
        assertThat(read()).isEqualTo(Frames.numbered(3, LARGE));
    }

    @Test
    void whereNoSegmentCanBeMadeLargeFramesGoThroughTheRing() throws Exception {
        Files.createFile(directory.resolve("file"));
        LinkFiles nowhere = new LinkFiles(directory.resolve("file"), "link");
        FrameWriter writer = new LinkMemory(client.memory(), GEOMETRY, nowhere, Direction.TO_HOST, List.of()).writer();
        for (int number = 0; number < 10; number++) {
            assertThat(writer.write(LARGE, Frames.numbered(number, LARGE))).isTrue();
            writer.publish();
            assertThat(read()).isEqualTo(Frames.numbered(number, LARGE));
        }
    }

    @Test
    void whenThereIsRoomAgainLargeFramesGoThroughSegmentsAgain() throws Exception {
        Path place = Files.createFile(directory.resolve("file"));
        LinkFiles files = new LinkFiles(place, "link");
        AtomicLong clock = new AtomicLong();
        SegmentWriter made =
                new SegmentWriter(client.memory(), Direction.TO_HOST, GEOMETRY, files, List.of(), clock::get);
        FrameWriter writer = new FrameWriter(
                new RingWriter(client.memory(), Direction.TO_HOST, GEOMETRY.ringBytes()), made, GEOMETRY);
        reader = host.reader(new SegmentReader(host.memory(), Direction.TO_HOST, GEOMETRY, files));
        for (int number = 0; number < 10; number++) {
            if (number == 5) {
                Files.delete(place);
                Files.createDirectory(place);
            } else if (number == 7) {
                clock.addAndGet(SegmentWriter.RETRY_NANOS);
            }
            assertThat(writer.write(LARGE, Frames.numbered(number, LARGE))).isTrue();
            assertThat(writer.unpublishedBytes() < LARGE)
                    .as("frame %d is in a segment", number)
                    .isEqualTo(number >= 7);
            writer.publish();
            assertThat(read()).isEqualTo(Frames.numbered(number, LARGE));
        }
    }

    @Test
    void withoutSegmentsLargeFramesGoThroughTheRing() throws Exception {
        Geometry none = new Geometry(16 << 10, 0, 0);
        LinkMemory.create(directory.resolve("other"), none, 1);
        LinkMemory other = LinkMemory.attach(directory.resolve("other"), 1);
        assertThat(other.geometry()).isEqualTo(none);
        FrameWriter writer = other.writer();
        assertThat(writer.write(LARGE, Frames.numbered(1, LARGE))).isTrue();
        assertThat(files()).isEmpty();
    }

    @Test
    void aReservedSegmentIsThereWhateverBecomesOfTheFileSystem() throws Exception {
        Path other = Files.createDirectory(directory.resolve("place")).resolve("other");
        Geometry reserving = new Geometry(16 << 10, 2, 1);
        LinkMemory made = LinkMemory.create(other, reserving, 1);
        LinkMemory attached = LinkMemory.attach(other, 1);
        assertThat(attached.geometry()).isEqualTo(reserving);
        FrameWriter writer = attached.writer();
        reader = made.reader(made.segmentReader());
        for (int number = 0; number < 10; number++) {
            assertThat(writer.write(LARGE, Frames.numbered(number, LARGE))).isTrue();
            assertThat(writer.unpublishedBytes()).isLessThan(2 * RingWriter.SEGMENT_RECORD_BYTES);
            if (number == 0) {
                noMoreFiles(other.getParent());
            }
            // The other one cannot be made: it waits for this one, and does not squeeze through the ring.
            assertThat(writer.write(LARGE, Frames.numbered(number, LARGE))).isFalse();
            writer.publish();
            assertThat(read()).isEqualTo(Frames.numbered(number, LARGE));
        }
    }

    /** Nothing can be made there any more, and what is there is still found. */
    private static void noMoreFiles(Path place) throws IOException {
        Files.createFile(place.resolve("other.u1")); // the name of the next segment is taken
    }

    @Test
    void withoutRoomForWhatIsReservedNothingIsLeft() throws Exception {
        Path other = Files.createDirectory(directory.resolve("place")).resolve("other");
        Geometry reserving = new Geometry(16 << 10, 2, 2);
        Files.createFile(other.resolveSibling("other.d1"));
        assertThatIOException().isThrownBy(() -> LinkMemory.create(other, reserving, 1));
        try (Stream<Path> left = Files.list(other.getParent())) {
            assertThat(left).containsExactly(other.resolveSibling("other.d1"));
        }
        Files.delete(other.resolveSibling("other.d1"));

        LinkMemory.create(other, reserving, 1).removeOutboundSegments();
        Files.createFile(other.resolveSibling("other.u1"));
        assertThatIOException()
                .isThrownBy(() -> LinkMemory.attach(other, 1))
                .withMessageContaining("cannot make 16384 bytes")
                .withMessageContaining(ShmSettings.RESERVED_SEGMENTS + "=... (now 2)")
                .withMessageContaining(ShmSettings.DIRECTORY);
        try (Stream<Path> left = Files.list(other.getParent())) {
            assertThat(left).containsExactly(other.resolveSibling("other.u1"));
        }
    }

    @Test
    void whatADeadWriterMadeAndNobodyTookIsRemovedWithTheLink() throws Exception {
        FrameWriter writer = client.writer();
        writer.write(LARGE, Frames.numbered(1, LARGE));
        writer.publish();
        writer.write(LARGE, Frames.numbered(2, LARGE));
        // Here it dies. Its first frame is there, the second is not; both have a file.
        assertThat(files()).hasSize(2);
        assertThat(read()).isEqualTo(Frames.numbered(1, LARGE));
        assertThat(reader.refresh()).isFalse();
        segments.close();
        assertThat(files()).isEmpty();
    }

    @Test
    void aSegmentThatDeclaresAnotherLengthIsDamage() throws Exception {
        FrameWriter writer = client.writer();
        writer.write(LARGE, Frames.tiny(LARGE).putInt(0, LARGE - 1));
        writer.publish();
        assertThat(reader.refresh()).isTrue();
        assertThatIOException().isThrownBy(reader::next).withMessageContaining("segment 0");
    }

    private ByteBuffer read() throws IOException {
        assertThat(reader.refresh()).isTrue();
        ByteBuffer frame = reader.next();
        assertThat(frame).isNotNull();
        ByteBuffer copy = ByteBuffer.allocate(frame.remaining()).put(frame).flip();
        reader.done();
        reader.release();
        return copy;
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> !file.endsWith("file")).toList();
        }
    }
}
