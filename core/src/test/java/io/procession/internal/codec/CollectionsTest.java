package io.procession.internal.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.AbstractMap;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class CollectionsTest {
    private enum Nothing {}

    private static final List<Object> SOME = new ArrayList<>(Arrays.asList(1, "two", null, 4.0, List.of(5)));

    static Object[] keepingTheirClass() {
        return new Object[] {
            SOME,
            new ArrayList<>(),
            new LinkedList<>(SOME),
            Arrays.asList(1, null, "x"),
            Arrays.asList("only", "strings"),
            List.of(),
            List.of(1),
            List.of(1, 2),
            List.of(1, 2, 3, 4, 5),
            List.of("a", "b", "c", "d"),
            new HashSet<>(SOME),
            new LinkedHashSet<>(SOME),
            new TreeSet<>(Set.of(3, 1, 2)),
            new TreeSet<>(Comparator.<String>reverseOrder()),
            Set.of(),
            Set.of("one"),
            Set.of("a", "b", "c"),
            Collections.emptyList(),
            Collections.emptySet(),
            Collections.emptyMap(),
            Collections.singletonList(null),
            Collections.singleton(7),
            Collections.singletonMap("k", "v"),
            Collections.unmodifiableList(SOME),
            Collections.unmodifiableSet(new HashSet<>(SOME)),
            Collections.unmodifiableMap(new HashMap<>(Map.of(1, 2))),
            Collections.synchronizedList(new ArrayList<>(SOME)),
            Collections.nCopies(3, "x"),
            new CopyOnWriteArrayList<>(SOME),
            new HashMap<>(Map.of("a", 1, "b", 2)),
            new LinkedHashMap<>(Map.of(1, "x", 2, "y", 3, "z", 4, "w")),
            new TreeMap<>(Map.of("b", 1, "a", List.of(2))),
            new ConcurrentHashMap<>(Map.of(1, 2)),
            new ConcurrentSkipListMap<>(Map.of(1, 2)),
            Map.of(),
            Map.of("one", 1),
            Map.of("one", 1, "two", 2),
            Map.entry("k", 1),
            new AbstractMap.SimpleEntry<>("k", null),
            new AbstractMap.SimpleImmutableEntry<>(null, "v"),
            EnumSet.of(TimeUnit.DAYS, TimeUnit.HOURS),
            EnumSet.noneOf(TimeUnit.class),
            EnumSet.allOf(TimeUnit.class),
            new EnumMap<>(Map.of(TimeUnit.DAYS, "d")),
            new EnumMap<TimeUnit, String>(TimeUnit.class),
        };
    }

    @ParameterizedTest
    @MethodSource("keepingTheirClass")
    void arriveEqualAndOfTheSameClass(Object value) {
        Object arrived = RoundTrip.of(value);

        assertThat(arrived).isEqualTo(value);
        assertThat(arrived.getClass()).isEqualTo(value.getClass());
    }

    @Test
    void viewsArriveAsPlainCopies() {
        Map<String, Integer> map = new LinkedHashMap<>(Map.of("a", 1));
        List<Object> list = new ArrayList<>(SOME);

        assertThat(RoundTrip.of(map.keySet())).isEqualTo(Set.of("a"));
        assertThat(RoundTrip.of(map.values())).containsExactly(1);
        assertThat(RoundTrip.of(map.entrySet())).isEqualTo(map.entrySet());
        assertThat(RoundTrip.of(list.subList(1, 3))).isEqualTo(list.subList(1, 3));
        assertThat(RoundTrip.of(List.of(1, 2, 3).subList(0, 2))).containsExactly(1, 2);
        assertThat(RoundTrip.of(map.entrySet().iterator().next())).isEqualTo(Map.entry("a", 1));
        assertThat(RoundTrip.of(new TreeMap<>(Map.of(1, 2, 3, 4)).headMap(2))).isEqualTo(Map.of(1, 2));
        assertThat(RoundTrip.of(ConcurrentHashMap.newKeySet())).isEmpty();
    }

    @Test
    void immutableListsMayContainNullsWhereStreamsAllowThem() {
        List<String> list = Stream.of("a", null).toList();

        assertThat(RoundTrip.of(list)).isEqualTo(list).isUnmodifiable();
    }

    @Test
    void dequesAndQueuesKeepTheirOrder() {
        ArrayDeque<String> deque = new ArrayDeque<>(List.of("x", "y"));
        PriorityQueue<Integer> queue = new PriorityQueue<>(List.of(3, 1, 2));

        assertThat(RoundTrip.of(deque)).containsExactly("x", "y");
        assertThat(RoundTrip.of(queue).poll()).isEqualTo(1);
    }

    @Test
    void setsOfAnEnumWithoutConstantsAreRefused() {
        org.assertj.core.api.Assertions.assertThatThrownBy(() -> RoundTrip.of(EnumSet.noneOf(Nothing.class)))
                .isInstanceOf(io.procession.codec.SerializationException.class);
    }

    @Test
    void arraysArrive() {
        Object[] nested = {1, new String[] {"a", null}, new int[][] {{1}, {}, {2, 3}}, new Object[0], new Integer[5]};

        assertThat(Arrays.deepEquals(RoundTrip.of(nested), nested)).isTrue();
        assertThat(((Object[]) RoundTrip.of((Object) nested))[2]).isInstanceOf(int[][].class);
        assertThat(RoundTrip.of(new TimeUnit[] {TimeUnit.DAYS})).containsExactly(TimeUnit.DAYS);
        Collection<?>[] generic = {List.of(1)};
        assertThat(RoundTrip.of(generic)).containsExactly(generic);
    }
}
