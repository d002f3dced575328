package io.procession.internal.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

final class ChunksTest {
    record Point(int x, int y) {}

    static final class Node {
        String name;
        Node next;

        Node(String name) {
            this.name = name;
        }
    }

    private static List<Integer> ints(int... values) {
        return new ArrayList<>(IntStream.of(values).boxed().toList());
    }

    private static List<Long> longs(long... values) {
        return new ArrayList<>(LongStream.of(values).boxed().toList());
    }

    @Test
    void integersOfAnyRangeArrive() {
        for (List<Integer> list : List.of(
                ints(),
                ints(1),
                ints(1, 2, 3),
                ints(5, 5, 5, 5),
                ints(0, 255, 7, 8),
                ints(-1, 255, 7, 8),
                ints(100_000, 165_535, 100_001, 7 + 100_000),
                ints(Integer.MIN_VALUE, Integer.MAX_VALUE, 0, -1),
                ints(Integer.MIN_VALUE, Integer.MIN_VALUE, Integer.MIN_VALUE, Integer.MIN_VALUE + 1))) {
            assertThat(RoundTrip.of(list)).isEqualTo(list);
        }
    }

    @Test
    void longsOfAnyRangeArrive() {
        for (List<Long> list : List.of(
                longs(1, 2, 3, 4),
                longs(Long.MIN_VALUE, Long.MAX_VALUE, 0, -1),
                longs(-1, 1L << 32, 0, 5),
                longs(0, 0xFFFF_FFFFL, 7, 9),
                longs(Long.MIN_VALUE, -1, -2, -3),
                longs(Long.MAX_VALUE, Long.MAX_VALUE - 65_535, Long.MAX_VALUE, Long.MAX_VALUE))) {
            assertThat(RoundTrip.of(list)).isEqualTo(list);
        }
    }

    @Test
    void manyIntegersOfASmallRangeTakeOneByteEach() {
        List<Integer> list = new ArrayList<>();
        for (int i = 0; i < 10_000; i++) {
            list.add(1_000_000 + i % 200);
        }

        assertThat(RoundTrip.bytes(list)).hasSizeLessThan(10_016);
        assertThat(RoundTrip.of(list)).isEqualTo(list);
    }

    @Test
    void doublesAndTextsAndConstantsArrive() {
        List<Double> doubles = Arrays.asList(1.0, Double.NaN, -0.0, Double.MIN_VALUE, 1e300);
        List<String> texts = Arrays.asList("a", "", "ü", "漢字", "𝄞");
        List<TimeUnit> units =
                Arrays.asList(TimeUnit.DAYS, TimeUnit.SECONDS, TimeUnit.DAYS, TimeUnit.DAYS, TimeUnit.SECONDS);

        assertThat(RoundTrip.of(doubles)).isEqualTo(doubles);
        assertThat(RoundTrip.of(texts)).isEqualTo(texts);
        assertThat(RoundTrip.of(units)).isEqualTo(units);
    }

    @Test
    void manyDoublesCrossThePiecesOfMemory() {
        Random random = new Random(7);
        List<Double> doubles = new ArrayList<>();
        List<Long> longs = new ArrayList<>();
        for (int i = 0; i < 300_000; i++) {
            doubles.add(random.nextGaussian());
            longs.add(random.nextLong());
        }

        assertThat(RoundTrip.of(doubles)).isEqualTo(doubles);
        assertThat(RoundTrip.of(longs)).isEqualTo(longs);
    }

    @Test
    void mixedNullsAndTypesArrive() {
        List<Object> withNull = Arrays.asList(1, 2, null, 4, 5);
        List<Object> mixed = Arrays.asList(1, 2L, 3.0, "4", '5', (short) 6);

        assertThat(RoundTrip.of(withNull)).isEqualTo(withNull);
        assertThat(RoundTrip.of(mixed)).isEqualTo(mixed);
    }

    @Test
    void recordsOfOneTypeNameItOnce() {
        List<Point> points = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            points.add(new Point(i, 1));
        }

        assertThat(RoundTrip.of(points)).isEqualTo(points);
        assertThat(RoundTrip.bytes(points)).hasSizeLessThan(100 * 3 + 100);
    }

    @Test
    void objectsOfOneTypeKeepTheirIdentityAndNameTheTypeOnce() {
        Node a = new Node("a");
        Node b = new Node("b");
        a.next = b;
        b.next = a;
        List<Node> nodes = new ArrayList<>(Collections.nCopies(50, a));
        nodes.add(b);
        nodes.add(new Node("c"));

        List<Node> arrived = RoundTrip.of(nodes);

        assertThat(arrived).hasSize(52);
        assertThat(arrived.get(49)).isSameAs(arrived.get(0));
        assertThat(arrived.get(0).next).isSameAs(arrived.get(50));
        assertThat(arrived.get(50).next).isSameAs(arrived.get(0));
        assertThat(arrived.get(51).name).isEqualTo("c");
        assertThat(RoundTrip.bytes(nodes)).hasSizeLessThan(250);
    }

    @Test
    void manyObjectsKeepTheirIdentity() {
        List<int[]> arrays = new ArrayList<>();
        for (int i = 0; i < 5_000; i++) {
            arrays.add(new int[] {i});
        }
        arrays.addAll(new ArrayList<>(arrays));

        List<int[]> arrived = RoundTrip.of(arrays);

        for (int i = 0; i < 5_000; i++) {
            assertThat(arrived.get(i)).containsExactly(i).isSameAs(arrived.get(i + 5_000));
        }
    }
}
