package io.procession.examples.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What can be had of a container without an engine, on Linux as root: the first process of a name space of its own, a user without rights, a memory file system of 64
 * MB for all that is temporary, a limit of 512 MB, a loopback interface that is down.
 */
class ConfinedTest {
    private static final Path CGROUPS = Path.of("/sys/fs/cgroup");
    private static final long MEMORY_BYTES = 512L << 20;
    private static final long PATIENCE_SECONDS = 180;

    @TempDir
    Path directory;

    private Optional<Path> group = Optional.empty();

    @AfterEach
    void leaveTheGroup() throws IOException {
        if (group.isPresent()) {
            Files.delete(group.get());
        }
    }

    @Test
    void theDemoRunsAsTheFirstProcessOfAUserWithoutRightsInALittleMemory() throws Exception {
        assumeWorks(
                "unshare",
                "--pid",
                "--fork",
                "--mount",
                "--mount-proc",
                "setpriv",
                "--reuid=1000",
                "--clear-groups",
                "true");
        group = memoryGroup();
        assumeTrue(group.isPresent(), () -> "no memory group can be made below " + CGROUPS);
        String output = confined(
                List.of(),
                "echo $$ > " + group.orElseThrow().resolve("cgroup.procs")
                        + " && exec setpriv --reuid=1000 --regid=1000" + " --clear-groups java " + demo());
        assertThat(output).contains("This is pid 1 ", "over pipe", "over socket");
        ContainerTest.assertAsExpected(output);
    }

    @Test
    void withoutMkfifoPipesSaySoAndSocketsServe() throws Exception {
        assumeWorks("unshare", "--pid", "--fork", "--mount", "--mount-proc", "true");
        String output = confined(List.of(), "exec java -Dprocession.pipe.mkfifo=/none " + demo());
        assertThat(output)
                .contains("Transport pipe cannot be used here:", "mkfifo", "over socket")
                .doesNotContain("over pipe");
        ContainerTest.assertAsExpected(output);
    }

    @Test
    void withoutALoopbackInterfaceSocketsSaySoAndPipesServe() throws Exception {
        assumeWorks("unshare", "--net", "--pid", "--fork", "--mount", "--mount-proc", "true");
        String output = confined(List.of("--net"), "exec java " + demo());
        assertThat(output)
                .contains("Transport socket cannot be used here:", "ip link set lo up", "over pipe")
                .doesNotContain("over socket");
        ContainerTest.assertAsExpected(output);
    }

    private String demo() throws IOException {
        Path application = Files.createDirectory(directory.resolve("app"));
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
        return String.join(" ", Application.copyTo(application).demo(application.toString()));
    }

    /** Runs a shell command as the first process of a name space, with {@code /tmp} of its own. */
    private String confined(List<String> more, String command) throws Exception {
        Path application = directory.resolve("app");
        // The class path may lie below the /tmp that is about to be covered.
        String inside = "mount --bind " + application + " /mnt && mount -t tmpfs -o size=64m,mode=1777 tmpfs /tmp && "
                + command.replace(application.toString(), "/mnt");
        Path output = Files.createTempFile("confined", ".txt");
        List<String> arguments =
                new ArrayList<>(List.of("unshare", "--pid", "--fork", "--kill-child", "--mount", "--mount-proc"));
        arguments.addAll(more);
        arguments.addAll(List.of("sh", "-c", inside));
        ProcessBuilder builder = new ProcessBuilder(arguments);
        String java = Path.of(System.getProperty("java.home"), "bin").toString();
        builder.environment().merge("PATH", java, (path, own) -> own + ":" + path);
        builder.environment().remove("XDG_RUNTIME_DIR");
        try {
            Process process = builder.redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
                throw new AssertionError("not over after " + PATIENCE_SECONDS + " s: " + Files.readString(output));
            }
            return Files.readString(output);
        } finally {
            Files.delete(output);
        }
    }

    private static Optional<Path> memoryGroup() {
        String name = "procession-" + ProcessHandle.current().pid();
        for (Path parent : List.of(CGROUPS.resolve("memory"), CGROUPS)) {
            Path made = parent.resolve(name);
            String limit = parent.equals(CGROUPS) ? "memory.max" : "memory.limit_in_bytes";
            try {
                Files.createDirectory(made);
                try {
                    Files.writeString(made.resolve(limit), Long.toString(MEMORY_BYTES));
                    return Optional.of(made);
                } catch (IOException notThatKind) {
                    Files.delete(made);
                }
            } catch (IOException notAllowed) {
                // The other kind, or none.
            }
        }
        return Optional.empty();
    }

    private static void assumeWorks(String... command) throws InterruptedException {
        String reason;
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            int code = process.waitFor();
            reason = code == 0 ? "" : "it ends with " + code;
        } catch (IOException missing) {
            reason = String.valueOf(missing.getMessage());
        }
        String why = reason;
        assumeTrue(why.isEmpty(), () -> "cannot do here: " + String.join(" ", command) + ": " + why);
    }
}
