package io.procession.examples;

import io.procession.pool.Pool;
import java.util.List;

/**
 * A function runs over a list in several JVMs at once. In Python: {@code Pool(2).map(square, [1, 2, 3, 4, 5])}.
 *
 * <p>Which worker computes what is the pool's business; the results come in the order of the arguments.
 */
public final class Squares {
    private Squares() {}

    /** Runs the lesson. */
    public static void main(String[] arguments) throws Exception {
        // region map
        try (Pool pool = Pool.of(2)) {
            List<Integer> squares = pool.map(Squares::square, List.of(1, 2, 3, 4, 5));
            System.out.println(squares); // [1, 4, 9, 16, 25]
        }
        // endregion
    }

    static int square(int number) {
        System.out.println("pid " + ProcessHandle.current().pid() + " squares " + number);
        return number * number;
    }
}
