package io.procession.internal.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.procession.task.Action;
import io.procession.task.Task;
import io.procession.task.TaskFunction;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

@SuppressWarnings("serial") // lint warns of lambdas that reach private members, as tests do
final class LambdasTest {
    private static int square(int x) {
        return x * x;
    }

    static final class Accumulator {
        private final List<String> seen = new ArrayList<>();

        String add(String text) {
            seen.add(text);
            return String.join(",", seen);
        }
    }

    @Test
    void aLambdaWithoutCapturesArrives() throws Exception {
        Task<String> task = () -> "done";

        assertThat(RoundTrip.of(task).call()).isEqualTo("done");
    }

    @Test
    void capturedValuesOfAllKindsArrive() throws Exception {
        byte b = 1;
        short s = 2;
        char c = '3';
        int i = 4;
        long l = 5;
        float f = 6;
        double d = 7;
        boolean z = true;
        String text = "t";
        int[] array = {8};
        Task<String> task = () -> "" + b + s + c + i + l + f + d + z + text + array[0];

        assertThat(RoundTrip.of(task).call()).isEqualTo("123456.07.0truet8");
    }

    @Test
    void methodReferencesArrive() throws Exception {
        TaskFunction<Integer, Integer> ofStatic = LambdasTest::square;
        TaskFunction<String, Integer> ofArgument = String::length;
        Accumulator accumulator = new Accumulator();
        accumulator.add("before");
        TaskFunction<String, String> bound = accumulator::add;
        TaskFunction<String, StringBuilder> constructor = StringBuilder::new;
        TaskFunction<Integer, int[]> arrayConstructor = int[]::new;

        assertThat(RoundTrip.of(ofStatic).apply(9)).isEqualTo(81);
        assertThat(RoundTrip.of(ofArgument).apply("four")).isEqualTo(4);
        assertThat(RoundTrip.of(bound).apply("after")).isEqualTo("before,after");
        assertThat(RoundTrip.of(constructor).apply("x")).hasToString("x");
        assertThat(RoundTrip.of(arrayConstructor).apply(3)).hasSize(3);
    }

    @Test
    void lambdasCapturedByLambdasArrive() throws Exception {
        int two = 2;
        TaskFunction<Integer, Integer> inner = x -> x * two;
        TaskFunction<Integer, Integer> outer = x -> inner.apply(inner.apply(x));
        Task<Integer> all = () -> outer.apply(5);

        assertThat(RoundTrip.of(all).call()).isEqualTo(20);
    }

    @Test
    void comparatorsOfTheJdkArrive() {
        Comparator<String> byLength = Comparator.comparing((TaskComparatorKey<String, Integer>) String::length)
                .thenComparing(Comparator.reverseOrder());
        TreeMap<String, Integer> map = new TreeMap<>(byLength);
        map.put("bb", 1);
        map.put("a", 2);
        map.put("c", 3);

        assertThat(RoundTrip.of(map).keySet()).containsExactly("c", "a", "bb");
    }

    private interface TaskComparatorKey<T, U> extends java.util.function.Function<T, U>, java.io.Serializable {}

    @Test
    void aLambdaWithoutCapturesIsTheSameObjectEachTime() {
        Task<String> task = () -> "same";
        Encoded encoded = RoundTrip.CODEC.encode(task);
        ShapeTable table = new ShapeTable();
        encoded.shapes().forEach(shape -> table.define(shape.id(), shape.bytes()));

        Object first = RoundTrip.CODEC.decode(encoded.joined(), table);
        Object second = RoundTrip.CODEC.decode(encoded.joined(), table);

        assertThat(first).isSameAs(second);
    }

    @Test
    void onALinkATaskCostsItsArguments() {
        List<Encoded> tasks = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            int captured = i;
            Task<Integer> task = () -> captured;
            tasks.add(RoundTrip.CODEC.encode(task));
        }

        assertThat(tasks).allSatisfy(task -> assertThat(task.sizeBytes()).isLessThanOrEqualTo(6));
        assertThat(tasks)
                .flatExtracting(Encoded::shapes)
                .containsOnly(tasks.get(0).shapes().get(0));
    }

    @Test
    void aLambdaThatCapturesThisBringsItsObject() throws Exception {
        Task<String> task = new Holder("mine").task();

        assertThat(RoundTrip.of(task).call()).isEqualTo("mine");
    }

    private static final class Holder {
        private final String text;

        Holder(String text) {
            this.text = text;
        }

        Task<String> task() {
            return () -> this.text;
        }
    }

    @Test
    void namedFunctionsArrive() throws Exception {
        Action action = new Counting(3);

        assertThat(((Counting) RoundTrip.of(action)).count).isEqualTo(3);
    }

    private static final class Counting implements Action {
        private static final long serialVersionUID = 1L;
        private final int count;

        Counting(int count) {
            this.count = count;
        }

        @Override
        public void perform() {}
    }
}
