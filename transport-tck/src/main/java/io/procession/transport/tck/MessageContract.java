package io.procession.transport.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.procession.transport.Link;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Frames of every size and make arrive whole, unchanged and in order. */
abstract class MessageContract extends Contract {
    private static final long STREAM_BYTES = 64L << 20;
    private static final long LEAD_BYTES = 1 << 20;

    MessageContract(TransportFixture fixture) {
        super(fixture);
    }

    @Test
    void everySizeGoesThereAndBack() throws Exception {
        End client = room.pair(End::echo).client();
        List<Integer> sizes = sizesUpTo(client.link().maxFrameBytes());
        for (int i = 0; i < sizes.size(); i++) {
            client.awaitWritten(client.link().send(Frames.frame(i, sizes.get(i))));
        }
        assertThat(client.awaitFrames(sizes.size()).stream().map(End.Received::sizeBytes))
                .isEqualTo(sizes);
    }

    /** From the empty frame, which is its length alone, around every power of two to the largest. */
    private static List<Integer> sizesUpTo(int maxFrameBytes) {
        List<Integer> sizes = new ArrayList<>(List.of(4, 5, 6, 7, 11, 12, 13));
        for (int power = 16; power < maxFrameBytes; power *= 2) {
            sizes.addAll(List.of(power - 1, power, power + 1));
        }
        sizes.addAll(List.of(maxFrameBytes - 1, maxFrameBytes));
        return sizes;
    }

    @Test
    void theLargestFrameIsNotSmallAndNeverChanges() throws Exception {
        Pair pair = room.pair();
        assertThat(pair.client().link().maxFrameBytes())
                .isGreaterThanOrEqualTo(4 << 10)
                .isEqualTo(pair.client().link().maxFrameBytes());
        assertThat(pair.host().link().maxFrameBytes()).isGreaterThanOrEqualTo(4 << 10);
    }

    @Test
    void aMessageOfManyLargeFramesArrives() throws Exception {
        Pair pair = room.pair();
        int sizeBytes = pair.client().link().maxFrameBytes();
        int count = (int) (STREAM_BYTES / sizeBytes);
        stream(pair.client(), count, sizeBytes);
        assertThat(pair.host().awaitNumbers(count)).isEqualTo(numbers(count));
    }

    @Test
    void manySmallFramesArrive() throws Exception {
        Pair pair = room.pair();
        stream(pair.client(), 50_000, 40);
        assertThat(pair.host().awaitNumbers(50_000)).isEqualTo(numbers(50_000));
    }

    @Test
    void bothDirectionsAreFullAtOnce() throws Exception {
        Pair pair = room.pair();
        int sizeBytes = pair.client().link().maxFrameBytes() - 1;
        int count = (int) (STREAM_BYTES / 4 / sizeBytes);
        CompletableFuture<Void> back = new CompletableFuture<>();
        Thread thread = new Thread(() -> {
            try {
                stream(pair.host(), count, sizeBytes);
                back.complete(null);
            } catch (AssertionError failure) {
                back.completeExceptionally(failure);
            }
        });
        thread.start();
        stream(pair.client(), count, sizeBytes);
        back.get(End.PATIENCE.toSeconds(), TimeUnit.SECONDS);
        assertThat(pair.host().awaitNumbers(count)).isEqualTo(numbers(count));
        assertThat(pair.client().awaitNumbers(count)).isEqualTo(numbers(count));
    }

    /** Sends in bulk, with no more than a bound in memory. */
    private static void stream(End from, int count, int sizeBytes) {
        long lead = Math.max(1, LEAD_BYTES / sizeBytes);
        for (int number = 0; number < count; number++) {
            long position = from.link().send(Frames.frame(number, sizeBytes));
            from.awaitWritten(position - lead);
        }
    }

    private static List<Long> numbers(int count) {
        return LongStream.range(0, count).boxed().toList();
    }

    @Test
    void aFrameIsGatheredFromPartsOfEveryMake() throws Exception {
        Pair pair = room.pair();
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        int count = 200;
        for (int number = 0; number < count; number++) {
            int sizeBytes = 12 + random.nextInt(pair.client().link().maxFrameBytes() - 12);
            ByteBuffer[] parts = cut(Frames.frame(number, sizeBytes), random);
            pair.client().awaitWritten(pair.client().link().send(parts));
        }
        assertThat(pair.host().awaitNumbers(count)).as("seed %d", seed).isEqualTo(numbers(count));
    }

    /** The first part has the length, as it must; the others may be empty, direct, read-only, a slice, little-endian. */
    private static ByteBuffer[] cut(ByteBuffer frame, Random random) {
        List<ByteBuffer> parts = new ArrayList<>();
        int first = 4 + random.nextInt(Math.min(60, frame.remaining() - 3));
        parts.add(make(take(frame, first), random));
        while (frame.hasRemaining()) {
            int longest = Math.min(frame.remaining(), 1 + frame.limit() / 8);
            parts.add(make(take(frame, random.nextInt(longest + 1)), random));
        }
        return parts.toArray(ByteBuffer[]::new);
    }

    private static ByteBuffer take(ByteBuffer frame, int bytes) {
        ByteBuffer part = frame.slice(frame.position(), bytes);
        frame.position(frame.position() + bytes);
        return part;
    }

    private static ByteBuffer make(ByteBuffer part, Random random) {
        int before = random.nextInt(5);
        int after = random.nextInt(5);
        int room = before + part.remaining() + after;
        ByteBuffer copy = random.nextBoolean() ? ByteBuffer.allocateDirect(room) : ByteBuffer.allocate(room);
        copy.position(before).limit(before + part.remaining());
        copy.duplicate().put(part);
        return switch (random.nextInt(4)) {
            case 0 -> copy.asReadOnlyBuffer();
            case 1 -> copy.slice();
            case 2 -> copy.order(ByteOrder.LITTLE_ENDIAN);
            default -> copy;
        };
    }

    @Test
    void aFrameMayHaveVeryManyParts() throws Exception {
        Pair pair = room.pair();
        ByteBuffer frame = Frames.frame(7, 4 + 3_000);
        List<ByteBuffer> parts = new ArrayList<>(List.of(take(frame, 4)));
        while (frame.hasRemaining()) {
            parts.add(take(frame, 1)); // more than a kernel takes in one gathering write
        }
        pair.client().link().send(parts.toArray(ByteBuffer[]::new));
        assertThat(pair.host().awaitNumbers(1)).containsExactly(7L);
    }

    @Test
    void sendingLeavesThePositionsOfTheBuffersAlone() throws Exception {
        Pair pair = room.pair();
        ByteBuffer frame = Frames.frame(1, 1000);
        ByteBuffer head = frame.duplicate().limit(100);
        ByteBuffer tail = frame.duplicate().position(100).asReadOnlyBuffer();
        pair.client().awaitWritten(pair.client().link().send(head, tail));
        assertThat(List.of(head.position(), head.limit(), tail.position(), tail.limit()))
                .containsExactly(0, 100, 100, 1000);
        pair.host().link().send(head, tail);
        assertThat(pair.client().awaitNumbers(1)).containsExactly(1L);
        assertThat(pair.host().awaitNumbers(1)).containsExactly(1L);
    }

    @Test
    void aBufferMayBeUsedAgainOnceItIsWritten() throws Exception {
        Pair pair = room.pair();
        for (ByteBuffer buffer : List.of(ByteBuffer.allocate(4000), ByteBuffer.allocateDirect(4000))) {
            int already = pair.host().count();
            for (int number = 0; number < 1000; number++) {
                pair.client().awaitWritten(pair.client().link().send(Frames.fill(buffer, number)));
            }
            assertThat(pair.host().awaitNumbers(already + 1000).subList(already, already + 1000))
                    .isEqualTo(numbers(1000));
        }
    }

    @Test
    void aWrongLengthIsRefusedAndHarmsNothing() throws Exception {
        Pair pair = room.pair();
        Link link = pair.client().link();
        int max = link.maxFrameBytes();
        long seed = 1;
        assertThat(link.send(Frames.frame(seed, 20))).isEqualTo(1);
        refused(link);
        refused(link, ByteBuffer.allocate(0));
        refused(link, ByteBuffer.allocate(3));
        refused(link, ByteBuffer.allocate(2), ByteBuffer.allocate(2).putShort(0, (short) 4)); // cut inside the length
        refused(link, declaring(4, 0));
        refused(link, declaring(3, 3));
        refused(link, declaring(20, 19));
        refused(link, declaring(20, 21));
        refused(link, declaring(20, -20));
        refused(link, declaring(20, Integer.MIN_VALUE));
        refused(link, declaring(max + 1, max + 1));
        refused(link, declaring(max, max), ByteBuffer.allocate(1));
        assertThat(link.send(Frames.frame(2, 20))).as("position after refusals").isEqualTo(2);
        assertThat(pair.host().awaitNumbers(2)).containsExactly(1L, 2L);
    }

    private static void refused(Link link, ByteBuffer... parts) {
        assertThatIllegalArgumentException().isThrownBy(() -> link.send(parts));
    }

    private static ByteBuffer declaring(int sizeBytes, int length) {
        ByteBuffer frame = ByteBuffer.allocate(sizeBytes);
        if (sizeBytes >= 4) {
            return frame.putInt(0, length);
        }
        return frame;
    }
}
