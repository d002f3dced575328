package io.procession.examples;

import io.procession.pool.Pool;
import io.procession.pool.Results;
import io.procession.pool.WorkerState;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Inputs without an end, and workers that keep something between tasks. In Python: {@code imap} and {@code initializer}.
 *
 * <p>A lazy map reads its input as its results are taken, never far ahead; so it can be left whenever there is enough. What the initializer returns stays in
 * its worker, and tasks ask for it by its type.
 */
public final class Endless {
    private Endless() {}

    /** Runs the lesson. */
    public static void main(String[] arguments) throws Exception {
        // region lazy
        Iterable<Integer> numbers = () -> Stream.iterate(1, i -> i + 1).iterator(); // has no end
        try (Pool pool = Pool.of(2);
                Results<Integer> squares = pool.mapLazy(Endless::square, numbers)) {
            for (int square : squares) {
                System.out.println("square " + square);
                if (square > 20) {
                    break; // what was read ahead is cancelled
                }
            }
        }
        // endregion
        // region state
        try (Pool pool = Pool.builder().workers(2).initializer(Dictionary::load).build()) {
            List<String> german =
                    pool.map(word -> WorkerState.get(Dictionary.class).translate(word), List.of("one", "two"));
            System.out.println(german); // [eins, zwei]
        }
        // endregion
    }

    private static int square(int number) {
        return number * number;
    }

    /** Dear to load, and not serialisable. */
    private static final class Dictionary {
        private final Map<String, String> words;

        private Dictionary(Map<String, String> words) {
            this.words = words;
        }

        static Dictionary load() {
            System.out.println("pid " + ProcessHandle.current().pid() + " loads a dictionary");
            return new Dictionary(Map.of("one", "eins", "two", "zwei"));
        }

        String translate(String word) {
            return words.getOrDefault(word, word);
        }
    }
}
