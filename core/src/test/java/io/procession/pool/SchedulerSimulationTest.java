package io.procession.pool;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The scheduler against simulated workers, whose every step happens in a random but repeatable order: the product of recycling, crashes, cancelling,
 * deadlines, retries, resizing and shutdown. Whatever the order, each accepted task is answered exactly once, is run no more often than it
 * may be, and nothing is left in the end.
 */
@Timeout(300)
class SchedulerSimulationTest {
    private static final Map<String, Integer> ENDS = new TreeMap<>();

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 5, 8, 13, 21, 34, 55, 89, 144, 233, 377, 610, 987, 1597})
    void answersEachTaskOnceWhateverHappens(long seed) {
        for (int round = 0; round < 60; round++) {
            Simulation simulation = new Simulation(seed * 1000 + round);
            simulation.run();
            simulation.tasks.values().forEach(task -> ENDS.merge(task.end(), 1, Integer::sum));
        }
    }

    /** A simulation in which nothing goes wrong would prove nothing. */
    @AfterAll
    static void everyKindOfEndOccurred() {
        assertThat(ENDS)
                .containsKeys(
                        "ArithmeticException",
                        "BrokenPoolException",
                        "CancellationException",
                        "TaskTimeoutException, killed",
                        "TaskTimeoutException, interrupted",
                        "WorkerDiedException, 1 attempts",
                        "WorkerDiedException, 3 attempts",
                        "WorkerMemoryException");
    }
}
