package io.procession.examples;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.procession.testing.Guarded;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

@Guarded
class EndlessTest {
    @Test
    void takesWhatItNeedsAndLoadsOnceInEachWorker() throws Exception {
        Process program = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Endless.class.getName())
                .redirectErrorStream(true)
                .start();
        List<String> lines = new String(program.getInputStream().readAllBytes(), UTF_8)
                .lines()
                .toList();
        assertThat(program.waitFor()).as("%s", lines).isZero();
        assertThat(lines)
                .containsSubsequence("square 1", "square 4", "square 9", "square 16", "square 25", "[eins, zwei]")
                .filteredOn(line -> line.endsWith("loads a dictionary"))
                .hasSizeBetween(1, 2)
                .doesNotHaveDuplicates();
    }
}
