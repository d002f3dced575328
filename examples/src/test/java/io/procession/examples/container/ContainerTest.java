package io.procession.examples.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.BindMode;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.startupcheck.OneShotStartupCheckStrategy;
import org.testcontainers.images.builder.ImageFromDockerfile;

/** The demo, and the smoke part of the suites, in a clean image of a JDK: as its first process, as a user without rights, with 512 MB, with a memory file system of 64 MB. */
class ContainerTest {
    private static final long MEMORY_BYTES = 512L << 20;
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"eclipse-temurin:17-jdk", "eclipse-temurin:25-jdk"})
    void theDemoRunsAsTheFirstProcessOfAUserWithoutRights(String image) throws Exception {
        assumeEngine();
        String output =
                run(new GenericContainer<>(image), Application.copyTo(directory).demo("/app"));
        assertThat(output).contains("This is pid 1 ", "over pipe", "over socket");
        assertAsExpected(output);
    }

    @ParameterizedTest
    @ValueSource(strings = {"eclipse-temurin:17-jdk", "eclipse-temurin:25-jdk"})
    void theSuitesHoldForTheFirstProcessOfAUserWithoutRights(String image) throws Exception {
        assumeEngine();
        String output =
                run(new GenericContainer<>(image), Application.copyTo(directory).smoke("/app"));
        assertThat(output).contains("This is pid 1 ", "smoke over pipe:", "smoke over socket:", "smoke over shm:");
        assertAsExpected(output);
    }

    @Test
    void withoutMkfifoPipesSaySoAndOthersServe() throws Exception {
        assumeEngine();
        String output = run(withoutMkfifo(), Application.copyTo(directory).demo("/app"));
        assertThat(output)
                .contains("Transport pipe cannot be used here:", "mkfifo", "over socket")
                .doesNotContain("over pipe");
        assertAsExpected(output);
    }

    @Test
    void withoutMkfifoTheSuitesHoldOverOthers() throws Exception {
        assumeEngine();
        String output = run(withoutMkfifo(), Application.copyTo(directory).smoke("/app"));
        assertThat(output)
                .contains("Transport pipe cannot be used here:", "mkfifo", "smoke over socket:")
                .doesNotContain("smoke over pipe");
        assertAsExpected(output);
    }

    private static GenericContainer<?> withoutMkfifo() {
        return new GenericContainer<>(new ImageFromDockerfile()
                .withDockerfileFromBuilder(builder -> builder.from("eclipse-temurin:17-jdk")
                        .run("rm -f /usr/bin/mkfifo /bin/mkfifo")
                        .build()));
    }

    private String run(GenericContainer<?> container, List<String> arguments) {
        List<String> command = new ArrayList<>(List.of("java"));
        command.addAll(arguments);
        container
                .withFileSystemBind(directory.toString(), "/app", BindMode.READ_ONLY)
                .withTmpFs(Map.of("/tmp", "rw,size=64m,mode=1777"))
                .withCommand(command.toArray(String[]::new))
                .withCreateContainerCmdModifier(create -> {
                    create.withUser("1000:1000");
                    create.getHostConfig().withMemory(MEMORY_BYTES);
                })
                .withStartupCheckStrategy(new OneShotStartupCheckStrategy().withTimeout(PATIENCE));
        try (container) {
            container.start();
            return container.getLogs();
        }
    }

    /** All that a program counts came out as it should, as often as it says so. */
    static void assertAsExpected(String output) {
        assertThat(output).containsPattern("\\b([1-9]\\d*) of \\1 as expected\\.");
        assertThat(output.lines().filter(line -> line.endsWith(" as expected.")))
                .allMatch(line -> line.matches("(.* )?([1-9]\\d*) of \\2 as expected\\."));
    }

    private static void assumeEngine() {
        Optional<String> reason = whyNoEngine();
        assumeTrue(reason.isEmpty(), () -> "no container engine answers here: " + reason.orElse(""));
    }

    private static Optional<String> whyNoEngine() {
        try {
            DockerClientFactory.instance().client();
            return Optional.empty();
        } catch (RuntimeException | LinkageError e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }
}
