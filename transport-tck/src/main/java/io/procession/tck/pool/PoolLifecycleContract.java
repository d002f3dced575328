package io.procession.tck.pool;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.procession.pool.Pool;
import io.procession.tck.process.FamilyFirst;
import io.procession.testing.Eventually;
import io.procession.testing.Guarded;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Pools of programs that end, each a JVM of its own started without this library. */
@ExtendWith(FamilyFirst.class)
@Guarded(seconds = 120)
public abstract class PoolLifecycleContract {
    @TempDir
    Path directory;

    private @Nullable Process started;

    /** For a test class of the transport. */
    protected PoolLifecycleContract() {}

    /**
     * The transport under test.
     *
     * @return its id
     */
    protected abstract String transport();

    /** One that spins would go on for ever after a failure. */
    @AfterEach
    void endProgram() {
        Process program = started;
        if (program != null) {
            program.destroyForcibly();
        }
    }

    private Process program(String ending) throws IOException {
        return program(List.of(), List.of(), ending);
    }

    private Process program(List<String> by, List<String> jvmArgs, String ending) throws IOException {
        List<String> command = new ArrayList<>(by);
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(jvmArgs);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), PoolProgram.class.getName()));
        command.addAll(List.of(ending, transport(), directory.toString()));
        Process program = new ProcessBuilder(command)
                .redirectOutput(directory.resolve("out").toFile())
                .redirectError(directory.resolve("err").toFile())
                .start();
        started = program;
        return program;
    }

    private List<ProcessHandle> workers() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.startsWith("worker-"))
                    .flatMap(name -> ProcessHandle.of(Long.parseLong(name.substring("worker-".length()))).stream())
                    .filter(ProcessHandle::isAlive)
                    .toList();
        }
    }

    private long filesNamed(String pattern) {
        return Stream.of(requireNonNull(directory.toFile().list()))
                .filter(name -> name.matches(pattern))
                .count();
    }

    private void awaitNoWorkers() throws InterruptedException {
        Eventually.isEmpty("workers of a program that has ended", Duration.ofSeconds(30), this::workers);
    }

    @Test
    @DisplayName("L33: a program that ends with an idle open pool exits 0 and says nothing")
    void idlePoolDoesNotHoldTheProgram() throws Exception {
        assertThat(program("return-idle").waitFor()).isZero();
        assertThat(directory.resolve("err")).content().isEmpty();
        assertThat(directory.resolve("out")).hasContent("returns");
        awaitNoWorkers();
    }

    @Test
    @DisplayName("X34: a program that returns from main finishes what it has submitted")
    void submittedTasksAreFinished() throws Exception {
        assertThat(program("return-busy").waitFor()).isZero();
        assertThat(directory.resolve("err")).content().isEmpty();
        for (int i = 0; i < 20; i++) {
            assertThat(directory.resolve("done-" + i)).exists();
        }
        awaitNoWorkers();
    }

    @Test
    @DisplayName("X39: a program that has shut its pool down, and returns while tasks run, ends when they have ended")
    void returnAfterShutdown() throws Exception {
        assertThat(program("shutdown-busy").waitFor()).isZero();
        assertThat(directory.resolve("err")).content().isEmpty();
        for (int i = 0; i < 20; i++) {
            assertThat(directory.resolve("done-" + i)).exists();
        }
        awaitNoWorkers();
    }

    @Test
    @DisplayName("Workers are recycled quietly: a program whose pool does so prints nothing about it")
    void quietRecycling() throws Exception {
        assertThat(program("recycle").waitFor()).isZero();
        assertThat(directory.resolve("err")).content().isEmpty();
        assertThat(directory.resolve("out")).hasContent("506 by recycled workers");
        awaitNoWorkers();
    }

    @Test
    @DisplayName("L27: who forgets to close a pool is told in the log which")
    void forgottenPoolsAreLogged() throws Exception {
        List<String> logging = List.of("-Dslf4j.provider=" + PrintsWarnings.class.getName());
        assertThat(program(List.of(), logging, "abandon").waitFor()).isZero();
        assertThat(directory.resolve("out"))
                .content()
                .contains("WARN io.procession.pool.Pool pool forgotten became unreachable without having been closed");
        awaitNoWorkers();
    }

    @Test
    @DisplayName("X39: System.exit does not wait for a running task, and leaves no worker")
    void exitEndsTheWorkers() throws Exception {
        assertThat(program("exit-busy").waitFor()).isEqualTo(5);
        awaitNoWorkers();
    }

    @Test
    @DisplayName("X35: what a shutdown hook submits is refused as soon as the pool knows, and nothing hangs")
    void submissionFromAShutdownHook() throws Exception {
        assertThat(program("submit-in-hook").waitFor()).isZero();
        assertThat(directory.resolve("err")).content().isEmpty();
        assertThat(directory.resolve("out")).content().contains("refused: ", "takes no more tasks");
        awaitNoWorkers();
    }

    @Test
    @EnabledOnOs(OS.LINUX) // where a program can be given a process group of its own
    @DisplayName(
            "Ctrl-C: the whole process group gets SIGINT, the program ends with 130, at most one line says why, no worker is left")
    void ctrlC() throws Exception {
        for (String waiting : List.of("map", "spin")) {
            Process program = program(List.of("env", "--default-signal=INT", "setsid"), List.of(), waiting);
            // Which two of the four items of the map comes to how soon each worker is ready.
            String marks = waiting.equals("map") ? "spins-[1-4]" : "spins|waits";
            Eventually.holds("two tasks run", () -> filesNamed(marks) == 2);
            new ProcessBuilder("kill", "-INT", "--", "-" + program.pid())
                    .start()
                    .waitFor();
            assertThat(program.waitFor()).isEqualTo(130);
            awaitNoWorkers();
            assertThat(Files.readAllLines(directory.resolve("err")))
                    .hasSizeLessThanOrEqualTo(System.getProperty("java.version").startsWith("17") ? 1 : 20)
                    .allMatch(line -> !line.contains("Interrupted") && !line.contains("worker-"));
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX) // which has small file systems in memory
    @DisplayName(
            "A disk that is full when a worker starts: waiting tasks fail with that reason, and when there is room again another pool works")
    void fullDisk() throws Exception {
        Path small = Files.createDirectory(directory.resolve("small"));
        assumeThat(run("mount", "-t", "tmpfs", "-o", "size=1m,mode=700", "tmpfs", small.toString()))
                .as("exit code of mount, which only a user with enough rights may use")
                .isZero();
        try {
            Process program = program(List.of(), List.of("-Dprocession.directory=" + small.resolve("p")), "full-disk");
            int code = program.waitFor();
            assertThat(directory.resolve("out")).content().contains("No space left on device", "with room again: 25");
            assertThat(code).isZero();
            awaitNoWorkers();
        } finally {
            run("umount", "-l", small.toString());
        }
    }

    private static int run(String... command) throws IOException, InterruptedException {
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
    }

    @Test
    @DisplayName("kill -9 of the program ends its workers, busy and waiting ones")
    void killedProgramLeavesNoWorker() throws Exception {
        Process program = program("spin");
        Eventually.holds(
                "two tasks run",
                () -> Files.exists(directory.resolve("spins")) && Files.exists(directory.resolve("waits")));
        assertThat(workers()).isNotEmpty();
        program.destroyForcibly();
        program.waitFor();
        awaitNoWorkers();
    }

    @Test
    @DisplayName("L27: a pool nobody holds any more finishes what it accepted and ends")
    void unreachablePoolsEnd() throws Exception {
        CompletableFuture<Long> pid = submitAndForget();
        long worker = pid.join();
        Eventually.holds("the worker of an unreachable pool is gone", () -> {
            System.gc();
            return ProcessHandle.of(worker).isEmpty();
        });
    }

    private CompletableFuture<Long> submitAndForget() {
        return Pool.builder()
                .workers(1)
                .transport(transport())
                .build()
                .submit(() -> ProcessHandle.current().pid());
    }
}
