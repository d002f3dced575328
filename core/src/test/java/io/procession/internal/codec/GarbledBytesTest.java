package io.procession.internal.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.procession.codec.SerializationException;
import io.procession.task.Task;
import java.nio.ByteBuffer;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

@SuppressWarnings("serial")
final class GarbledBytesTest {
    static final class Thing {
        int number = 1;
        String text = "t";
        Object other = List.of(1, 2, 3, 4);
    }

    private static List<byte[]> samples() {
        int captured = 5;
        Task<Integer> task = () -> captured;
        List<byte[]> samples = new ArrayList<>();
        for (Object value : new Object[] {
            "text",
            List.of(1, 2, 3, 4),
            List.of("a", "b", "c", "d"),
            Map.of("k", 1.0),
            new int[] {1, 2, 3},
            new Object[] {"x", null},
            ZonedDateTime.now(),
            task,
            new Thing(),
            new ArrayList<>(List.of(new Thing(), new Thing(), new Thing(), new Thing())),
            new ChunksTest.Point(1, 2),
            EnumSet.of(TimeUnit.DAYS),
            new AtomicInteger(3),
            new IllegalStateException("s"),
            new Echo("pipe", 1),
            ByteBuffer.wrap(new byte[] {1, 2})
        }) {
            samples.add(RoundTrip.bytes(value));
        }
        return samples;
    }

    @Test
    void anyEndIsNoticed() {
        for (byte[] sample : samples()) {
            for (int length = 0; length < sample.length; length++) {
                byte[] cut = Arrays.copyOf(sample, length);
                assertThatThrownBy(() -> decode(cut)).isInstanceOf(SerializationException.class);
            }
        }
    }

    @Test
    void anyChangeGivesAValueOrASerializationException() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (byte[] sample : samples()) {
            for (int round = 0; round < 2_000; round++) {
                byte[] changed = sample.clone();
                for (int i = 0; i <= random.nextInt(3); i++) {
                    changed[random.nextInt(changed.length)] = (byte) random.nextInt(256);
                }
                try {
                    decode(changed);
                } catch (SerializationException expected) {
                    assertThat(expected).hasMessageMatching("(?s).+");
                } catch (Throwable other) {
                    throw new AssertionError("seed " + seed + ": " + Arrays.toString(changed), other);
                }
            }
        }
    }

    @Test
    void lengthsAreCheckedBeforeMemoryIsTaken() {
        int huge = 0x7FFF_FFF0;
        for (int tag : new int[] {Tag.BYTE_ARRAY, Tag.STRING, Tag.BIG_INTEGER, Tag.JAVA}) {
            refuses(sink -> {
                sink.put(tag);
                sink.putVarint(huge);
            });
        }
        for (int tag : new int[] {Tag.PRIMITIVE_ARRAY, Tag.BUFFER, Tag.COLLECTION, Tag.MAP}) {
            refuses(sink -> {
                sink.put(tag);
                sink.put(2);
                sink.putVarint(huge);
            });
        }
    }

    private interface Writing {
        void to(ByteSink sink);
    }

    private static void refuses(Writing writing) {
        ByteSink sink = new ByteSink(64);
        writing.to(sink);
        assertThatThrownBy(() -> decode(sink.toBytes()))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("not a value");
    }

    @Test
    void nestingWithoutEndIsRefused() {
        ByteSink sink = new ByteSink(64);
        for (int i = 0; i < 3_000_000; i++) {
            sink.put(Tag.OPTIONAL);
            sink.put(0);
        }

        assertThatThrownBy(() -> decode(sink.toBytes()))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("nested");
    }

    @Test
    void classesAndShapesThatAreMissingAreNamed() {
        byte[] bytes = RoundTrip.bytes(new Thing());
        String text = new String(bytes, java.nio.charset.StandardCharsets.ISO_8859_1);
        byte[] renamed = text.replace("GarbledBytesTest$Thing", "GarbledBytesTest$Thong")
                .getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);

        assertThatThrownBy(() -> decode(renamed))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("GarbledBytesTest$Thong")
                .hasMessageContaining("loader 'app'");
        assertThatThrownBy(() -> RoundTrip.CODEC.decode(
                        RoundTrip.CODEC.encode(new Thing()).joined(), new ShapeTable()))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("not made known");
    }

    private static Object decode(byte[] bytes) {
        return RoundTrip.CODEC.decode(ByteBuffer.wrap(bytes), new ShapeTable());
    }
}
