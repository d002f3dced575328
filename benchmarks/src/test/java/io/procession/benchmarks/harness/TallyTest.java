package io.procession.benchmarks.harness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** With contenders that are shell commands: what they print is what they measured. */
class TallyTest {
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration MINUTE = Duration.ofMinutes(1);

    @TempDir
    Path directory;

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
        assertThat(result.failed()).isEmpty();
    }

    @Test
    void whoFailsIsNamedWithTheReasonAndTheOthersGoOn() throws Exception {
        Result result = run(Contender.peer("fails", shell("echo sample 1; exit 3")), runs);

        assertThat(result.failed()).containsExactly("fails: ended with exit code 3");
        assertThat(result.absent()).isEmpty();
        assertThat(result.standings()).extracting(Standing::contender).containsExactly(runs);
    }

    @Test
    void whoPrintsNoFigureHasFailed() throws Exception {
        Result result =
                run(Contender.peer("silent", shell("echo hello")), Contender.peer("other", shell("echo sample many")));

        assertThat(result.failed()).hasSize(2);
        assertThat(result.failed().get(0)).isEqualTo("silent: printed no samples");
        assertThat(result.failed().get(1)).contains("other: printed a sample that is no number", "many");
    }

    @Test
    void whoHangsIsEndedWithItsChildrenAndKeepsTheRoundsBefore() throws Exception {
        Path first = directory.resolve("first");
        Path child = directory.resolve("child");
        Contender hangs = Contender.peer(
                "hangs",
                shell("if mkdir " + first + " 2> /dev/null; then echo sample 7; exit; fi; sleep 600 & echo $! > "
                        + child + "; wait"));
        Tally tally = tally(hangs, runs);
        Set<String> hurried = new HashSet<>();

        tally.round(name -> {}, () -> MINUTE);
        tally.round(hurried::add, () -> hurried.contains(runs.name()) ? MINUTE : SECOND); // it is the first of the two
        tally.round(name -> {}, () -> MINUTE);
        Result result = tally.result(3);

        assertThat(result.failed())
                .containsExactly("hangs: not done within 1 s in round 2; the figures are those of the rounds before");
        assertThat(result.standings()).hasSize(2);
        assertThat(result.standings().get(0).roundMedians()).containsExactly(7.0);
        assertEnded(child);
    }

    /** It would go on beside all who come after, and it holds the output of its parent open. */
    @Test
    @EnabledOnOs(OS.LINUX)
    void aChildThatOutlivesItsContenderIsEnded() throws Exception {
        Path child = directory.resolve("child");

        Result result =
                run(Contender.peer("dies", shell("sleep 600 & echo $! > " + child + "; echo sample 5; kill -9 $$")));

        assertThat(result.failed()).containsExactly("dies: ended with exit code 137");
        assertEnded(child);
    }

    /** Or was never started, if its parent was ended before. */
    private static void assertEnded(Path child) throws Exception {
        String pid = Files.exists(child) ? Files.readString(child).strip() : "";
        if (!pid.isEmpty()) {
            await().until(() -> ProcessHandle.of(Long.parseLong(pid))
                    .map(process -> !process.isAlive() || isZombie(pid))
                    .orElse(true));
        }
    }

    /** It has ended, and whoever inherited it has not asked yet. */
    private static boolean isZombie(String pid) {
        try {
            return Files.readString(Path.of("/proc", pid, "stat")).contains(") Z ");
        } catch (IOException gone) {
            return true;
        }
    }

    private static Result run(Contender... contenders) throws InterruptedException {
        Tally tally = tally(contenders);
        tally.round(name -> {}, () -> MINUTE);
        return tally.result(1);
    }

    private static Tally tally(Contender... contenders) {
        return new Tally(new Benchmark("id", "title", Unit.MICROSECONDS, List.of(contenders), List.of()));
    }

    private static List<String> shell(String script) {
        return List.of("/bin/sh", "-c", script);
    }
}
