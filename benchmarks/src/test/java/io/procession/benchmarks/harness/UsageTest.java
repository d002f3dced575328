package io.procession.benchmarks.harness;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class UsageTest {
    @Test
    void linuxTellsWhatThisProcessUses() throws Exception {
        assumeThat(Files.exists(Path.of("/proc/self/status"))).isTrue();
        Usage before = Usage.now();
        Thread thread = new Thread(() -> {});
        thread.start();
        thread.join(); // waiting switches at least once

        Usage usage = Usage.now().since(before);

        assertThat(before.cpuSeconds()).isPositive();
        assertThat(before.switches()).isPositive();
        assertThat(usage.peakBytes()).isGreaterThan(10 << 20);
        assertThat(usage.ofEach(2).peakBytes()).isEqualTo(usage.peakBytes());
    }

    @Test
    void whatIsPrintedIsRead() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Samples.print(new PrintStream(out, true, UTF_8), new long[] {5, 7}, new Usage(2e-9, 4, Double.NaN));

        Samples read = Samples.parse(List.of(out.toString(UTF_8).split("\n", -1)));

        assertThat(read.histogram().getTotalCount()).isEqualTo(2);
        assertThat(read.cpuNanosEach()).isEqualTo(1);
        assertThat(read.switchesEach()).isEqualTo(2);
        assertThat(read.usage().peakBytes()).isNaN();
    }
}
