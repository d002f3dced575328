package io.procession.internal.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Values made by chance, with shared parts and cycles; what differs after the trip is told with the seed. */
final class RandomGraphsTest {
    static final class Thing {
        Object first;
        List<Object> list;
        Thing next;
        long number;
        final boolean flag;

        Thing(boolean flag) {
            this.flag = flag;
        }
    }

    record Couple(Object left, int right) {}

    private final List<Object> made = new ArrayList<>();
    private final Map<Object, Object> seen = new IdentityHashMap<>();

    @Test
    void arriveWithTheSameContentAndIdentities() {
        long first = System.nanoTime();
        for (long seed = first; seed < first + 400; seed++) {
            try {
                made.clear();
                seen.clear();
                Object value = make(new Random(seed), 6);
                same(value, RoundTrip.of(value));
            } catch (Throwable failed) {
                throw new AssertionError("seed " + seed, failed);
            }
        }
    }

    private Object make(Random random, int depth) {
        if (depth == 0 || random.nextInt(5) == 0) {
            return leaf(random);
        }
        if (!made.isEmpty() && random.nextInt(6) == 0) {
            return made.get(random.nextInt(made.size()));
        }
        int size = random.nextInt(7);
        switch (random.nextInt(9)) {
            case 0, 1 -> {
                Thing thing = new Thing(random.nextBoolean());
                made.add(thing);
                thing.number = random.nextLong();
                thing.first = make(random, depth - 1);
                thing.list = new ArrayList<>();
                for (int i = 0; i < size; i++) {
                    thing.list.add(make(random, depth - 1));
                }
                if (make(random, depth - 1) instanceof Thing next) {
                    thing.next = next;
                }
                return thing;
            }
            case 2 -> {
                return new Couple(make(random, depth - 1), random.nextInt());
            }
            case 3 -> {
                Map<Object, Object> map = random.nextBoolean() ? new HashMap<>() : new LinkedHashMap<>();
                made.add(map);
                for (int i = 0; i < size; i++) {
                    map.put(random.nextInt(1_000), make(random, depth - 1));
                }
                return map;
            }
            case 4 -> {
                Object[] array = new Object[size];
                made.add(array);
                for (int i = 0; i < size; i++) {
                    array[i] = make(random, depth - 1);
                }
                return array;
            }
            case 5 -> {
                List<Object> integers = new LinkedList<>();
                for (int i = 0; i < size * 10; i++) {
                    integers.add(random.nextInt() >> random.nextInt(32));
                }
                return integers;
            }
            case 6 -> {
                Thing[] things = new Thing[size];
                for (int i = 0; i < size; i++) {
                    things[i] = new Thing(true);
                }
                return things;
            }
            case 7 -> {
                return Optional.of(make(random, depth - 1));
            }
            default -> {
                return random.ints(size).toArray();
            }
        }
    }

    private static Object leaf(Random random) {
        return switch (random.nextInt(12)) {
            case 0 -> random.nextInt() >> random.nextInt(32);
            case 1 -> random.nextLong() >> random.nextInt(64);
            case 2 -> random.nextGaussian();
            case 3 -> TimeUnit.values()[random.nextInt(7)];
            case 4 -> Instant.ofEpochSecond(random.nextInt(), random.nextInt(1_000_000_000));
            case 5 -> Duration.ofNanos(random.nextLong());
            case 6 -> (char) random.nextInt(65_536);
            case 7 -> random.nextFloat();
            case 8 -> List.of(random.nextInt(), "x");
            default -> text(random);
        };
    }

    private static String text(Random random) {
        StringBuilder text = new StringBuilder();
        int bits = 1 + random.nextInt(16);
        for (int i = random.nextInt(20); i > 0; i--) {
            text.append((char) random.nextInt(1 << bits));
        }
        return text.toString();
    }

    /** Walks both at once; each object of the one must always meet the same of the other. */
    private void same(Object expected, Object actual) {
        if (expected == null) {
            assertThat(actual).isNull();
            return;
        }
        assertThat(actual).hasSameClassAs(expected);
        if (expected instanceof Thing || expected instanceof Map || expected instanceof Object[]) {
            Object before = seen.putIfAbsent(expected, actual);
            assertThat(before == null || before == actual).isTrue();
            if (before != null) {
                return;
            }
        }
        if (expected instanceof Thing thing) {
            Thing other = (Thing) actual;
            assertThat(other.number).isEqualTo(thing.number);
            assertThat(other.flag).isEqualTo(thing.flag);
            same(thing.first, other.first);
            same(thing.list, other.list);
            same(thing.next, other.next);
        } else if (expected instanceof Couple couple) {
            assertThat(((Couple) actual).right).isEqualTo(couple.right);
            same(couple.left, ((Couple) actual).left);
        } else if (expected instanceof Map<?, ?> map) {
            assertThat(((Map<?, ?>) actual).keySet()).isEqualTo(map.keySet());
            map.forEach((key, value) -> same(value, ((Map<?, ?>) actual).get(key)));
        } else if (expected instanceof Object[] array) {
            assertThat((Object[]) actual).hasSize(array.length);
            for (int i = 0; i < array.length; i++) {
                same(array[i], ((Object[]) actual)[i]);
            }
        } else if (expected instanceof List<?> list) {
            ArrayDeque<Object> rest = new ArrayDeque<>();
            ((List<?>) actual).forEach(element -> rest.add(Optional.ofNullable(element)));
            assertThat(rest).hasSize(list.size());
            list.forEach(element -> same(element, ((Optional<?>) rest.remove()).orElse(null)));
        } else if (expected instanceof Optional<?> optional) {
            same(optional.orElseThrow(), ((Optional<?>) actual).orElseThrow());
        } else if (expected instanceof int[] ints) {
            assertThat((int[]) actual).isEqualTo(ints);
        } else {
            assertThat(actual).isEqualTo(expected);
        }
    }
}
