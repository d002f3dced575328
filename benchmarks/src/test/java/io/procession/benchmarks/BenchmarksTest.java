package io.procession.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BenchmarksTest {
    @TempDir
    Path directory;

    /** One transport here, one with the table, the third with the comparison: all of them at everything is a matter of minutes. */
    @Test
    void contendersRunAndAreReported() throws Exception {
        JsonObject report = run("--transports", "socket", "--only", "start-first,idle,ping-pong,pool-one");
        assertThat(report.getAsJsonArray("benchmarks")).hasSize(4);
        assertThat(report.getAsJsonObject("machine").get("jdk").getAsString()).isNotEmpty();
    }

    /** Peers that look into the JDK, whose next version may differ; and what a run is kept for. */
    @Test
    void theTableOfTargetsIsPrintedFromTheFiguresOfARun() throws Exception {
        Path json = directory.resolve("figures.json");
        Path text = directory.resolve("report.txt");
        Path table = directory.resolve("table.md");

        int exitCode = start(text, "--tiny", "--transports", "shm", "--only", "queue-64-2x2", "--json", json.toString())
                .waitFor();
        int again = start(table, "--table", json.toString()).waitFor();

        assertThat(exitCode)
                .as("exit code, with this report:%n%s", Files.readString(text))
                .isZero();
        assertThat(text).content().contains("Chronicle Queue, back-off");
        assertThat(again).isZero();
        assertThat(table).content().contains("# Targets", "`pool-one`", "Chronicle Queue, back-off");
    }

    /** Minutes, and figures that a busy machine makes worthless: for a change in the benchmarks. */
    @Test
    @Tag("long")
    void everyContenderRunsAndIsReported() throws Exception {
        assertThat(run().getAsJsonArray("benchmarks")).hasSizeGreaterThan(20);
    }

    private JsonObject run(String... arguments) throws Exception {
        Path json = directory.resolve("figures.json");
        Path text = directory.resolve("report.txt");
        List<String> all = new ArrayList<>(List.of("--tiny", "--json", json.toString()));
        all.addAll(List.of(arguments));

        int exitCode = start(text, all.toArray(String[]::new)).waitFor();

        assertThat(text)
                .content()
                .contains(
                        "JDK ",
                        "[start-first]",
                        "[idle]",
                        "[ping-pong]",
                        "[pool-one]",
                        "raw FIFOs, two JVMs",
                        "PP4J",
                        "raw Netty, two JVMs");
        assertThat(exitCode)
                .as("exit code, with this report:%n%s", Files.readString(text))
                .isZero();
        return JsonParser.parseString(Files.readString(json)).getAsJsonObject();
    }

    @Test
    void anUnknownNameIsRefusedWithTheNamesThereAre() throws Exception {
        Path text = directory.resolve("report.txt");

        int exitCode = start(text, "--only", "pong").waitFor();

        assertThat(exitCode).isNotZero();
        assertThat(text).content().contains("no benchmark named pong", "ping-pong");
    }

    private static Process start(Path output, String... arguments) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(
                new Commands(output.getParent()).peer(List.of(), Benchmarks.class, (Object[]) arguments));
        return builder.redirectErrorStream(true).redirectOutput(output.toFile()).start();
    }
}
