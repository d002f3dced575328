package io.procession.examples.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.procession.examples.FamilyFirst;
import io.procession.examples.Numbers;
import io.procession.testing.Guarded;
import io.procession.transport.Transport;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.ServiceLoader;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@ExtendWith(FamilyFirst.class)
@Guarded(seconds = 180) // four programs over each transport
class DemoTest {
    @TempDir
    Path directory;

    @ParameterizedTest
    @MethodSource("transports")
    void everyLessonPrintsWhatItShouldOverEveryTransport(String transport) throws Exception {
        Files.writeString(directory.resolve("one file"), "one");
        for (Lesson lesson : Lessons.all(directory)) {
            Outcome outcome = new Performance(transport, lesson).run();

            assertThat(outcome.differences()).as(lesson.title()).isEmpty();
            assertThat(outcome.others()).as(lesson.title()).isNotEmpty().doesNotContain(outcome.pid());
        }
    }

    @Test
    void aLessonThatPrintsSomethingElseIsSaidToBeWrong() throws Exception {
        Lesson lesson = new Lesson("numbers", Numbers.class, List.of(), lines -> "not these " + lines.size());

        Outcome outcome = new Performance(transports().findFirst().orElseThrow(), lesson).run();

        assertThat(outcome.asExpected()).isFalse();
        assertThat(outcome.row()).contains("WRONG: not these 10");
    }

    @Test
    void aLessonThatFailsIsSaidToBeWrongWithTheReason() throws Exception {
        Lesson lesson = new Lesson("none", Failing.class, List.of(), lines -> "");

        Outcome outcome = new Performance(transports().findFirst().orElseThrow(), lesson).run();

        assertThat(outcome.differences()).contains("IllegalStateException", "on purpose");
    }

    @Test
    void theDemoEndsWithATableAndExitCodeZero() throws Exception {
        Files.writeString(directory.resolve("one file"), "one");
        Path output = Files.createTempFile("demo", ".txt");
        try {
            Process demo = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-cp",
                            System.getProperty("java.class.path"),
                            Demo.class.getName(),
                            directory.toString())
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            int exitCode = demo.waitFor();

            long runs = transports().count() * Lessons.all(directory).size();
            assertThat(Files.readString(output))
                    .as("exit code " + exitCode)
                    .contains("This is pid " + demo.pid())
                    .contains("transport  program")
                    .endsWith(runs + " of " + runs + " as expected.\n");
            assertThat(exitCode).isZero();
        } finally {
            Files.delete(output);
        }
    }

    static Stream<String> transports() {
        return ServiceLoader.load(Transport.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(transport -> transport.availability().usable())
                .map(Transport::id);
    }

    /** A lesson that fails. */
    static final class Failing {
        public static void main(String[] arguments) {
            throw new IllegalStateException("on purpose");
        }
    }
}
