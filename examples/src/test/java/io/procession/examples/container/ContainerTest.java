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

/** The demo in a clean image of a JDK: as its first process, as a user without rights, with 512 MB, with a memory file system of 64 MB. */
class ContainerTest {
    private static final long MEMORY_BYTES = 512L << 20;
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"eclipse-temurin:17-jdk", "eclipse-temurin:25-jdk"})
    void theDemoRunsAsTheFirstProcessOfAUserWithoutRights(String image) throws Exception {
        assumeEngine();
        String output = run(new GenericContainer<>(image));
        assertThat(output).contains("This is pid 1 ", "over pipe", "over socket");
        assertAsExpected(output);
    }

    @Test
    void withoutMkfifoPipesSaySoAndSocketsServe() throws Exception {
        assumeEngine();
        ImageFromDockerfile image = new ImageFromDockerfile()
                .withDockerfileFromBuilder(builder -> builder.from("eclipse-temurin:17-jdk")
                        .run("rm -f /usr/bin/mkfifo /bin/mkfifo")
                        .build());
        String output = run(new GenericContainer<>(image));
        assertThat(output)
                .contains("Transport pipe cannot be used here:", "mkfifo", "over socket")
                .doesNotContain("over pipe");
        assertAsExpected(output);
    }

    private String run(GenericContainer<?> container) throws Exception {
        Application application = Application.copyTo(directory);
        List<String> command = new ArrayList<>(List.of("java"));
        command.addAll(application.demo("/app"));
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

    static void assertAsExpected(String output) {
        assertThat(output).containsPattern("\\b([1-9]\\d*) of \\1 as expected\\.");
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
