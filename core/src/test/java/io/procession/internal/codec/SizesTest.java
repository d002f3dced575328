package io.procession.internal.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.procession.codec.SerializationException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.IntBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

final class SizesTest {
    @Test
    void primitiveArraysOfAllTypesArrive() {
        Object[] arrays = {
            new boolean[] {true, false, true},
            new byte[] {1, -1},
            new short[] {1, Short.MIN_VALUE},
            new char[] {'a', '\uFFFF'},
            new int[] {Integer.MIN_VALUE, 1},
            new long[] {Long.MIN_VALUE, 1},
            new float[] {Float.MIN_VALUE, Float.NaN},
            new double[] {Double.MAX_VALUE, -0.0},
            new byte[0],
            new long[0]
        };

        assertThat(Arrays.deepEquals(RoundTrip.of(arrays), arrays)).isTrue();
    }

    @Test
    void arraysOfAllLengthsAroundTheBordersArrive() {
        Random random = new Random(1);
        for (int length : new int[] {0, 1, 127, 128, 4_095, 4_096, 65_535, 65_536, 65_537, 1 << 20, (1 << 20) + 1}) {
            byte[] bytes = new byte[length];
            random.nextBytes(bytes);
            int[] ints = random.ints(length).toArray();
            Object[] both = {"before", bytes, 1, ints, "after"};

            assertThat(Arrays.deepEquals(RoundTrip.of(both), both)).isTrue();
        }
    }

    @Test
    void valuesAreReadOutsideTheHeapAsOnIt() {
        Random random = new Random(1);
        for (int length : new int[] {0, 1, 127, 128, 16_383, 16_384, 65_536, 1 << 21}) {
            byte[] bytes = new byte[length];
            random.nextBytes(bytes);
            for (Object value : new Object[] {bytes, List.of("before", bytes), ByteBuffer.wrap(bytes)}) {
                ByteBuffer outside = outsideHeap(RoundTrip.bytes(value));
                Object read = RoundTrip.CODEC.decode(outside, new ShapeTable());
                assertThat(RoundTrip.bytes(read)).isEqualTo(RoundTrip.bytes(value));
                assertThat(outside.remaining()).as("what follows").isEqualTo(1);
            }
        }
    }

    @Test
    void aByteArrayOutsideTheHeapThatIsCutOrTooLongIsNoticed() {
        byte[] whole = RoundTrip.bytes(new byte[1000]);
        for (int length : new int[] {0, 1, 2, 3, 4, whole.length - 1}) {
            ByteBuffer cut =
                    ByteBuffer.allocateDirect(length).put(whole, 0, length).flip();
            assertThatThrownBy(() -> RoundTrip.CODEC.decode(cut, new ShapeTable()))
                    .isInstanceOf(SerializationException.class);
        }
        ByteBuffer negative = ByteBuffer.allocateDirect(10).put((byte) 0x0C);
        negative.put(new byte[] {-1, -1, -1, -1, 0x7F, 0, 0, 0, 0}).flip();
        assertThatThrownBy(() -> RoundTrip.CODEC.decode(negative, new ShapeTable()))
                .isInstanceOf(SerializationException.class);
    }

    /** With a byte behind. */
    private static ByteBuffer outsideHeap(byte[] bytes) {
        return ByteBuffer.allocateDirect(bytes.length + 1).put(bytes).rewind().asReadOnlyBuffer();
    }

    @Test
    void largeByteArraysAreBorrowedUntilDetached() {
        byte[] bytes = new byte[100_000];
        Encoded borrowed = RoundTrip.CODEC.encode(bytes);
        Encoded detached = borrowed.detached();
        bytes[50_000] = 7;

        assertThat(borrowed.parts()).anyMatch(part -> part.array() == bytes);
        assertThat(((byte[]) RoundTrip.decode(borrowed))[50_000]).isEqualTo((byte) 7);
        assertThat(detached.parts()).noneMatch(part -> part.array() == bytes);
        assertThat(((byte[]) RoundTrip.decode(detached))[50_000]).isZero();
        assertThat(detached.detached()).isSameAs(detached);
        assertThat(borrowed.sizeBytes()).isEqualTo(detached.sizeBytes()).isEqualTo(100_004);
    }

    @Test
    void partsCanBeReadManyTimes() {
        Encoded encoded = RoundTrip.CODEC.encode(List.of(new byte[10_000], "x"));
        encoded.parts().forEach(part -> part.position(part.limit()));

        assertThat(encoded.parts().stream().mapToInt(ByteBuffer::remaining).sum())
                .isEqualTo((int) encoded.sizeBytes());
    }

    @Test
    void buffersBringWhatRemainsInThem() {
        ByteBuffer heap =
                ByteBuffer.wrap(new byte[] {1, 2, 3, 4, 5}).position(1).limit(4).order(ByteOrder.LITTLE_ENDIAN);
        ByteBuffer direct = ByteBuffer.allocateDirect(200_000);
        direct.putInt(199_996, 42);
        IntBuffer ints = ByteBuffer.allocateDirect(16).asIntBuffer().put(3, 9);

        ByteBuffer arrived = RoundTrip.of(heap);

        assertThat(arrived).isEqualTo(heap);
        assertThat(arrived.order()).isEqualTo(ByteOrder.LITTLE_ENDIAN);
        assertThat(heap.position()).isEqualTo(1);
        assertThat(((ByteBuffer) RoundTrip.of((Object) direct)).getInt(199_996)).isEqualTo(42);
        assertThat(((IntBuffer) RoundTrip.of((Object) ints)).get(3)).isEqualTo(9);
        assertThat(((ByteBuffer) RoundTrip.of((Object) heap.asReadOnlyBuffer())).isReadOnly())
                .isTrue();
    }

    @Test
    void beyondAGibibyteIsRefusedBeforeMemoryIsTaken() {
        byte[] large = new byte[64 << 20];
        Object[] many = new Object[17];
        for (int i = 0; i < many.length; i++) {
            many[i] = ByteBuffer.wrap(large);
        }

        assertThatThrownBy(() -> RoundTrip.CODEC.encode(many))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("1 GiB");
        assertThat(RoundTrip.CODEC.encode(Arrays.copyOf(many, 16)).sizeBytes()).isGreaterThan(1L << 30);
    }

    @Test
    @Tag("long") // takes 3 GiB of heap
    void aGibibyteArrives() {
        byte[] bytes = new byte[1 << 30];
        bytes[(1 << 30) - 1] = 5;
        byte[] arrived = (byte[]) RoundTrip.decode(RoundTrip.CODEC.encode(bytes));

        assertThat(arrived[(1 << 30) - 1]).isEqualTo((byte) 5);
    }
}
