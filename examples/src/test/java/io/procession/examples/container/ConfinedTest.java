package io.procession.examples.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.procession.testing.Eventually;
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
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;

/**
 * What can be had of a container without an engine, on Linux as root: the first process of a name space of its own, a user without rights, memory file systems of 64
 * MB for all that is temporary and for shared memory, a limit of 512 MB where a memory group can be made, no {@code mkfifo}, a loopback interface that is down.
 */
class ConfinedTest {
    private static final Path CGROUPS = Path.of("/sys/fs/cgroup");
    private static final long MEMORY_BYTES = 512L << 20;
    private static final long PATIENCE_SECONDS = 300;

    private static final String[] AS_ROOT = {"unshare", "--pid", "--fork", "--mount", "--mount-proc", "true"};
    private static final String[] AS_SOMEBODY = {
        "unshare",
        "--pid",
        "--fork",
        "--mount",
        "--mount-proc",
        "setpriv",
        "--reuid=1000",
        "--regid=1000",
        "--clear-groups",
        "true"
    };

    /** Covers the programs of the system by links to all of them but one. */
    private static final String WITHOUT_MKFIFO =
            "mkdir /tmp/programs && mount --bind /usr/bin /tmp/programs && mount -t tmpfs tmpfs /usr/bin"
                    + " && /tmp/programs/cp -as /tmp/programs/. /usr/bin/ && /tmp/programs/rm /usr/bin/mkfifo";

    @TempDir
    Path directory;

    private Optional<Path> group = Optional.empty();

    @AfterEach
    void leaveTheGroup() throws InterruptedException {
        if (group.isPresent()) {
            Path made = group.get();
            Eventually.holds("the group is empty", () -> isRemoved(made));
        }
    }

    @Test
    void theDemoRunsAsTheFirstProcessOfAUserWithoutRightsInALittleMemory(TestReporter reporter) throws Exception {
        assumeWorks(AS_SOMEBODY);
        String output = confined(List.of(), inALittleMemory(reporter) + " java " + demo());
        assertThat(output).contains("This is pid 1 ", "over pipe", "over socket", "over shm");
        ContainerTest.assertAsExpected(output);
    }

    @Test
    void theSuitesHoldForTheFirstProcessOfAUserWithoutRightsInALittleMemory(TestReporter reporter) throws Exception {
        assumeWorks(AS_SOMEBODY);
        String output = confined(List.of(), inALittleMemory(reporter) + " java " + smoke());
        assertThat(output).contains("This is pid 1 ", "smoke over pipe:", "smoke over socket:", "smoke over shm:");
        ContainerTest.assertAsExpected(output);
    }

    /** A shell's way to a user without rights, in a memory group if one can be made here. */
    private String inALittleMemory(TestReporter reporter) {
        group = memoryGroup();
        if (group.isEmpty()) {
            reporter.publishEntry("no memory group can be made below " + CGROUPS + ", so memory has no limit");
        }
        String join = group.map(made -> "echo $$ > " + made.resolve("cgroup.procs") + " && ")
                .orElse("");
        return join + "exec setpriv --reuid=1000 --regid=1000 --clear-groups";
    }

    @Test
    void withoutMkfifoPipesSaySoAndOthersServe() throws Exception {
        assumeWorks(AS_ROOT);
        String output = confined(List.of(), WITHOUT_MKFIFO + " && exec java " + demo());
        assertThat(output)
                .contains("Transport pipe cannot be used here:", "mkfifo", "over socket")
                .doesNotContain("over pipe");
        ContainerTest.assertAsExpected(output);
    }

    @Test
    void withoutMkfifoTheSuitesHoldOverOthers() throws Exception {
        assumeWorks(AS_ROOT);
        String output = confined(List.of(), WITHOUT_MKFIFO + " && exec java " + smoke());
        assertThat(output)
                .contains("Transport pipe cannot be used here:", "mkfifo", "smoke over socket:")
                .doesNotContain("smoke over pipe");
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

    @Test
    void aFullMemoryFileSystemIsAnAnswerAndNoFault() throws Exception {
        assumeWorks(AS_ROOT);
        Path root = directory.resolve("app");
        String output = confined(
                List.of(), "exec java " + String.join(" ", application().fullMemory(root.toString())));
        assertThat(output)
                .contains("in a full memory:", "No space left on device")
                .doesNotContain("NO: ", "InternalError", "SIGBUS");
        ContainerTest.assertAsExpected(output);
    }

    private String demo() throws IOException {
        Path root = directory.resolve("app");
        return String.join(" ", application().demo(root.toString()));
    }

    private String smoke() throws IOException {
        Path root = directory.resolve("app");
        return String.join(" ", application().smoke(root.toString()));
    }

    private Application application() throws IOException {
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
        return Application.copyTo(Files.createDirectory(directory.resolve("app")));
    }

    /** Runs a shell command as the first process of a name space, with {@code /tmp} of its own. */
    private String confined(List<String> more, String command) throws Exception {
        Path application = directory.resolve("app");
        // The class path may lie below the /tmp that is about to be covered.
        String inside = "mount --bind " + application + " /mnt && mount -t tmpfs -o size=64m,mode=1777 tmpfs /tmp"
                + " && mount -t tmpfs -o size=64m,mode=1777 tmpfs /dev/shm && "
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

    private static boolean isRemoved(Path made) {
        try {
            return Files.deleteIfExists(made) || Files.notExists(made);
        } catch (IOException busy) {
            return false; // the kernel is not done with who was in it
        }
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
