package io.procession.benchmarks.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.procession.benchmarks.Commands;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command as a user runs it, in a JVM of its own. */
class CompareTest {
    @TempDir
    Path directory;

    @Test
    void printsATableAndAdviceAndWritesJson() throws Exception {
        Path json = directory.resolve("figures.json");

        Process compare = start("--tiny", "--transports", "pipe", "--json", json.toString());

        assertThat(compare.waitFor()).as("exit code, after %s", output()).isZero();
        assertThat(output()).contains("8 bytes there and back", "What to take", "In short: ", json.toString());
        JsonObject report = JsonParser.parseString(Files.readString(json)).getAsJsonObject();
        assertThat(report.getAsJsonArray("transports"))
                .map(JsonElement::getAsString)
                .containsExactly("pipe");
        assertThat(report.getAsJsonArray("rows")).hasSize(Figure.values().length);
        assertThat(Files.readString(json)).doesNotContain("NaN", "Infinity");
    }

    @Test
    void wrongOptionsAreRefusedBeforeAnythingIsMeasured() throws Exception {
        assertThat(start("--rounds=3").waitFor()).isEqualTo(2);
        assertThat(output()).contains("Unknown option: '--rounds=3'", "--seconds");

        assertThat(start("--seconds", "1").waitFor()).isEqualTo(2);
        assertThat(output()).contains("--seconds must be from 5 to 86400, but is 1");

        assertThat(start("--transports", "pigeon").waitFor()).isEqualTo(2);
        assertThat(output()).contains("no transport [pigeon] works here; there are [pipe, shm, socket]");

        assertThat(start("--json", directory.resolve("no/such/file").toString()).waitFor())
                .isEqualTo(2);
        assertThat(output()).contains("cannot write ", "name a file in a directory that exists");
    }

    @Test
    void whenItIsInterruptedNothingIsLeft() throws Exception {
        Process compare = start("--transports", "pipe");
        await().atMost(Duration.ofMinutes(2))
                .until(() -> compare.descendants().count() >= 2 && !scratch().isEmpty());
        List<ProcessHandle> family = compare.descendants().toList();

        compare.destroy(); // SIGTERM; Ctrl-C takes the same way

        assertThat(compare.waitFor()).isNotZero();
        await().atMost(Duration.ofMinutes(1)).until(() -> family.stream().noneMatch(ProcessHandle::isAlive));
        assertThat(scratch()).isEmpty();
    }

    private Process start(String... arguments) throws Exception {
        List<String> command = new Commands(directory)
                .java(List.of("-Djava.io.tmpdir=" + directory), Compare.class, (Object[]) arguments);
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("output.txt").toFile())
                .start();
    }

    private String output() throws Exception {
        return Files.readString(directory.resolve("output.txt"));
    }

    private List<Path> scratch() throws Exception {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.getFileName().toString().startsWith("compare"))
                    .toList();
        }
    }
}
