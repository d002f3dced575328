package io.procession.queue;

import java.nio.file.Path;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Many short storms, each of another shape; {@code -Dprocession.queue.storms} says how many each time. */
@Timeout(3600)
class QueueStormTest {
    @TempDir
    Path directory;

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4})
    void everyItemIsTakenOnceAndEverybodyEnds(long seed) throws Exception {
        int storms = Integer.getInteger("procession.queue.storms", 40);
        for (int round = 0; round < storms; round++) {
            new QueueStorm(seed * 1_000_000 + round, directory).run();
        }
    }
}
