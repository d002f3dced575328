package io.procession.tck.queue;

import io.procession.queue.Queue;
import io.procession.tck.process.FamilyFirst;
import io.procession.testing.Guarded;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * Items between processes of which one after the other is killed. {@code -Dprocession.torture.seconds=300} makes each test last longer than its share of a minute;
 * {@code -Dprocession.torture.seed} repeats the choices of an earlier run.
 */
@ExtendWith(FamilyFirst.class)
@Guarded(seconds = 1200)
public abstract class QueueTortureContract extends QueueSuite {
    /** Together a minute. */
    private static final int LONG_SECONDS = 25;

    private static final int SHORT_SECONDS = 15;
    private static final int SHORTEST_SECONDS = 10;

    /** For a test class of the transport. */
    protected QueueTortureContract() {}

    /**
     * How long the tests last, if nothing else is said.
     *
     * @return of a minute
     */
    protected double share() {
        return 1;
    }

    @Test
    @DisplayName(
            "bounded: 4 producers and 4 consumers, killed and stopped at random moments: nothing lost, nothing twice, nobody stuck")
    void bounded(@TempDir Path directory) throws Exception {
        torture(bounded(200), Torture.Consumers.MORTAL, LONG_SECONDS, directory);
    }

    @Test
    @DisplayName("bounded in bytes: the same")
    void boundedInBytes(@TempDir Path directory) throws Exception {
        torture(boundedInBytes(100_000), Torture.Consumers.MORTAL, SHORT_SECONDS, directory);
    }

    @Test
    @DisplayName(
            "one consumer: though producers are killed and stopped, it gets the items of each in the order in which they were put")
    void inOrder(@TempDir Path directory) throws Exception {
        torture(bounded(200), Torture.Consumers.LONELY, SHORTEST_SECONDS, directory);
    }

    @Test
    @DisplayName(
            "slow consumers, killed and stopped: each gets the items of each producer in the order in which they were put, but for one that a killed consumer had")
    void slowConsumersInOrder(@TempDir Path directory) throws Exception {
        torture(bounded(200), Torture.Consumers.SLOW, SHORTEST_SECONDS, directory);
    }

    private void torture(Queue<Counted> queue, Torture.Consumers consumers, int seconds, Path directory)
            throws Exception {
        long seed = Long.getLong("procession.torture.seed", System.nanoTime());
        System.out.println("torture with -Dprocession.torture.seed=" + seed);
        try (queue) {
            System.out.println("torture: "
                    + new Torture(queue, transport(), consumers, directory, seed)
                            .run(Duration.ofSeconds(
                                    Long.getLong("procession.torture.seconds", Math.round(seconds * share())))));
        }
    }
}
