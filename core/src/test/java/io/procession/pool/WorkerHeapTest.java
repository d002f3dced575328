package io.procession.pool;

import static org.assertj.core.api.Assertions.assertThat;

import io.procession.process.WorkerOptions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WorkerHeapTest {
    private static final long MEMORY = 8L << 30;

    private static List<String> flags(WorkerOptions options, int workers, int processors) {
        return WorkerHeap.fit(options.jvmOptions(), workers, MEMORY, processors).jvmArgs();
    }

    @Test
    void manyWorkersShareTheMachine() {
        assertThat(flags(WorkerOptions.defaults(), 8, 1)).containsExactly("-Xmx614m");
        assertThat(flags(WorkerOptions.defaults(), 1000, 1)).containsExactly("-Xmx32m");
    }

    @Test
    void fewWorkersHaveWhatAJvmTakesByItself() {
        assertThat(flags(WorkerOptions.defaults(), 1, 4)).isEmpty();
        assertThat(flags(WorkerOptions.defaults(), 2, 1)).isEmpty();
    }

    @Test
    void collectorsShareTheProcessors() {
        assertThat(flags(WorkerOptions.defaults(), 2, 4)).containsExactly("-XX:ParallelGCThreads=2");
        assertThat(flags(WorkerOptions.defaults(), 2, 3)).containsExactly("-XX:ParallelGCThreads=2");
        assertThat(flags(WorkerOptions.defaults().jvmArgs("-XX:ParallelGCThreads=3"), 8, 4))
                .as("the user's come last and win")
                .endsWith("-XX:ParallelGCThreads=3");
    }

    @Test
    void whereNothingTellsTheMemoryTheHeapIsLeftAlone() {
        assertThat(WorkerHeap.fit(WorkerOptions.defaults().jvmOptions(), 8, 0, 1)
                        .jvmArgs())
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"-Xmx1g", "-Xms4g", "-XX:MaxRAMPercentage=10", "-XX:MaxHeapSize=1g", "@flags"})
    void whoSaysHowLargeTheHeapIsGetsThat(String flag) {
        assertThat(flags(WorkerOptions.defaults().jvmArgs(flag), 100, 4)).containsExactly(flag);
    }

    @Test
    void anOptionOrAnEnvironmentVariableSaysSoToo() {
        assertThat(flags(WorkerOptions.defaults().maxHeap("1g"), 100, 4)).isEmpty();
        assertThat(flags(WorkerOptions.defaults().environment("JAVA_TOOL_OPTIONS", "-Xmx1g"), 100, 4))
                .isEmpty();
    }
}
