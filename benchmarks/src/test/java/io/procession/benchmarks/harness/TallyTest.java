package io.procession.benchmarks.harness;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** With contenders that are shell commands: what they print is what they measured. */
class TallyTest {
    private final Contender runs = Contender.peer("runs", shell("echo sample 10; echo cpu 1e-9; echo switches 3"));

    @Test
    void whatAContenderPrintsIsWhatItMeasured() throws Exception {
        Standing standing = run(runs).standings().get(0);

        assertThat(standing.median()).isEqualTo(10);
        assertThat(standing.cost().cpuNanosEach()).isEqualTo(1);
        assertThat(standing.cost().switchesEach()).isEqualTo(3);
        assertThat(standing.cost().peakBytes()).isNaN();
    }

    @Test
    void whoCannotRunHereIsAbsentWithTheReasonAndThatIsNoFailure() throws Exception {
        Result result = run(runs, Contender.peer("unable", shell("echo absent it needs JDK 9")));

        assertThat(result.absent()).containsExactly("unable: it needs JDK 9");
        assertThat(result.complete()).isTrue();
    }

    @Test
    void whoFailsIsAbsentWithTheReasonAndThatIsAFailure() throws Exception {
        Result result = run(runs, Contender.peer("fails", shell("echo sample 1; exit 3")));

        assertThat(result.absent()).containsExactly("fails: ended with exit code 3 after 1 samples");
        assertThat(result.complete()).isFalse();
    }

    private static Result run(Contender... contenders) throws InterruptedException {
        Tally tally = new Tally(new Benchmark("id", "title", Unit.MICROSECONDS, List.of(contenders), List.of()));
        tally.round(name -> {}, () -> Duration.ofMinutes(1));
        return tally.result();
    }

    private static List<String> shell(String script) {
        return List.of("/bin/sh", "-c", script);
    }
}
