package io.procession.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BenchmarksTest {
    @TempDir
    Path directory;

    @Test
    void everyContenderRunsAndIsReported() throws Exception {
        Path json = directory.resolve("figures.json");
        Path text = directory.resolve("report.txt");

        int exitCode = start(text, "--tiny", "--json", json.toString()).waitFor();

        assertThat(text)
                .content()
                .contains(
                        "JDK ",
                        "[start-first]",
                        "[idle]",
                        "[ping-pong]",
                        "[pool-one]",
                        "[pool-one]",
                        "raw FIFOs, two JVMs",
                        "raw Netty, two JVMs");
        assertThat(exitCode)
                .as("exit code, with this report:%n%s", Files.readString(text))
                .isZero();
        JsonObject report = JsonParser.parseString(Files.readString(json)).getAsJsonObject();
        assertThat(report.getAsJsonArray("benchmarks")).hasSizeGreaterThan(20);
        assertThat(report.getAsJsonObject("machine").get("jdk").getAsString()).isNotEmpty();
    }

    @Test
    void anUnknownNameIsRefusedWithTheNamesThereAre() throws Exception {
        Path text = directory.resolve("report.txt");

        int exitCode = start(text, "--only", "pong").waitFor();

        assertThat(exitCode).isNotZero();
        assertThat(text).content().contains("no benchmark named pong", "ping-pong");
    }

    private static Process start(Path output, String... arguments) throws Exception {
        ProcessBuilder builder =
                new ProcessBuilder(new Commands(output.getParent()).java(Benchmarks.class, (Object[]) arguments));
        return builder.redirectErrorStream(true).redirectOutput(output.toFile()).start();
    }
}
