package io.procession.transport.shm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import io.procession.transport.shm.LinkLayout.Direction;
import io.procession.transport.shm.memory.Words;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Two ends of one memory in one thread: what fits, what is seen, and what a writer that died anywhere leaves. */
class RingTest {
    private static final Geometry GEOMETRY = new Geometry(16 << 10, 2, 0);

    @TempDir
    Path directory;

    private ByteBuffer memory;
    private LinkMemory client;
    private RingWriter writer;
    private RingReader reader;

    @BeforeEach
    void link() throws IOException {
        LinkMemory host = LinkMemory.create(directory.resolve("link"), GEOMETRY, 1);
        client = LinkMemory.attach(directory.resolve("link"), 1);
        memory = client.memory();
        writer = new RingWriter(memory, Direction.TO_HOST, GEOMETRY.ringBytes());
        reader = host.reader(host.segmentReader());
    }

    @Test
    void whatIsNotPublishedIsNotSeen() throws Exception {
        assertThat(writer.write(100, Frames.numbered(1, 100))).isTrue();
        writer.publish();
        assertThat(writer.write(200, Frames.numbered(2, 200))).isTrue();
        // Here the writer dies, after the last byte and before the word that tells of it.
        assertThat(readAll()).containsExactly(Frames.numbered(1, 100));
        assertThat(reader.refresh()).isFalse();
    }

    @Test
    void aBatchIsSeenAtOnce() throws Exception {
        for (int number = 0; number < 10; number++) {
            assertThat(writer.write(50, Frames.numbered(number, 50))).isTrue();
        }
        assertThat(reader.refresh()).isFalse();
        assertThat(writer.unpublishedBytes()).isEqualTo(10 * 56);
        writer.publish();
        assertThat(readAll()).hasSize(10);
    }

    @Test
    void framesOfAllSizesGoRoundInOrder() throws Exception {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        ArrayDeque<ByteBuffer> expected = new ArrayDeque<>();
        long sent = 0;
        for (int step = 0; step < 20_000; step++) {
            int size = 12 + random.nextInt(random.nextBoolean() ? 200 : GEOMETRY.maxFrameBytes() - 12);
            ByteBuffer frame = Frames.numbered(sent, size);
            if (writer.write(size, frame.slice(0, 4), frame.slice(4, size - 4))) {
                expected.add(frame);
                sent++;
            } else {
                writer.publish();
                for (ByteBuffer read : readAll()) {
                    assertThat(read).as("seed %d", seed).isEqualTo(expected.poll());
                }
                assertThat(expected).as("seed %d", seed).isEmpty();
            }
        }
        assertThat(sent).isGreaterThan(1_000);
    }

    @Test
    void theLargestFrameFitsIntoAnEmptyRingWhereverItsEndStands() throws Exception {
        int largest = GEOMETRY.maxFrameBytes();
        for (int shift = 0; shift < GEOMETRY.ringBytes(); shift += 8) {
            assertThat(writer.write(largest, Frames.numbered(shift, largest)))
                    .as("after %d bytes", shift)
                    .isTrue();
            writer.publish();
            assertThat(readAll()).containsExactly(Frames.numbered(shift, largest));
            assertThat(writer.write(8, Frames.tiny(8))).isTrue();
            writer.publish();
            assertThat(readAll()).hasSize(1);
        }
    }

    @Test
    void aFullRingTakesNothingUntilItsReaderGivesRoomBack() throws Exception {
        int count = 0;
        while (writer.write(1_000, Frames.numbered(count, 1_000))) {
            count++;
        }
        writer.publish();
        assertThat(count).isEqualTo(GEOMETRY.ringBytes() / 1_000);
        assertThat(reader.refresh()).isTrue();
        for (int i = 0; i < count; i++) {
            assertThat(reader.next()).isEqualTo(Frames.numbered(i, 1_000));
            reader.done();
            assertThat(writer.write(1_000, Frames.numbered(count, 1_000)))
                    .as("read, and not given back")
                    .isFalse();
        }
        reader.release();
        assertThat(writer.write(1_000, Frames.numbered(count, 1_000))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(longs = {-8, Long.MIN_VALUE, 4, (16 << 10) + 8, Long.MAX_VALUE})
    void aPositionThatCannotBeIsDamage(long tail) {
        Words.setRelease(memory, Direction.TO_HOST.tailAt(), tail);
        assertThatIOException().isThrownBy(reader::refresh).withMessageContaining("damaged");
    }

    @ParameterizedTest
    @ValueSource(
            ints = {
                0,
                3,
                -1,
                Integer.MIN_VALUE,
                Integer.MAX_VALUE,
                (8 << 10) + 1,
                65,
                RingWriter.SKIP,
                RingWriter.SEGMENT
            })
    void aLengthThatCannotBeIsDamage(int length) throws Exception {
        memory.putInt(Direction.TO_HOST.ringAt(GEOMETRY.ringBytes()), length);
        // The number of the segment, if it is read as one, is none.
        memory.putInt(Direction.TO_HOST.ringAt(GEOMETRY.ringBytes()) + 4, 7);
        Words.setRelease(memory, Direction.TO_HOST.tailAt(), 64);
        assertThat(reader.refresh()).isTrue();
        assertThatIOException().isThrownBy(reader::next);
    }

    private List<ByteBuffer> readAll() throws IOException {
        List<ByteBuffer> frames = new ArrayList<>();
        if (reader.refresh()) {
            for (ByteBuffer frame = reader.next(); frame != null; frame = reader.next()) {
                frames.add(ByteBuffer.allocate(frame.remaining()).put(frame).flip());
                reader.done();
            }
            reader.release();
        }
        return frames;
    }
}
