package io.procession.pool;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MachineMemoryTest {
    private static final long MACHINE = 8_000_000L * 1024;

    @TempDir
    Path proc;

    @TempDir
    Path groups;

    @BeforeEach
    void machine() throws IOException {
        write(proc.resolve("meminfo"), "MemTotal:        8000000 kB\nMemFree: 1 kB\n");
    }

    private static void write(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private long bytes() {
        return MachineMemory.bytes(proc, groups);
    }

    @Test
    void withoutAGroupItIsTheMachine() {
        assertThat(bytes()).isEqualTo(MACHINE);
    }

    @Test
    void aGroupOfVersion2HasLess() throws IOException {
        write(proc.resolve("self/cgroup"), "0::/user/job\n");
        write(groups.resolve("user/memory.max"), "1073741824\n");
        write(groups.resolve("user/job/memory.max"), "max\n");
        assertThat(bytes()).as("the group around it counts too").isEqualTo(1L << 30);
    }

    @Test
    void insideAContainerTheOwnGroupIsTheRoot() throws IOException {
        write(proc.resolve("self/cgroup"), "0::/../..\n");
        write(groups.resolve("memory.max"), "536870912\n");
        assertThat(bytes()).isEqualTo(512L << 20);
    }

    @Test
    void aGroupOfVersion1HasLess() throws IOException {
        write(proc.resolve("self/cgroup"), "3:cpu,cpuacct:/x\n2:memory:/box\n");
        write(groups.resolve("memory/box/memory.limit_in_bytes"), "268435456\n");
        assertThat(bytes()).isEqualTo(256L << 20);
    }

    @Test
    void noLimitIsTheMachine() throws IOException {
        write(proc.resolve("self/cgroup"), "2:memory:/\n");
        write(groups.resolve("memory/memory.limit_in_bytes"), "9223372036854771712\n");
        assertThat(bytes()).isEqualTo(MACHINE);
    }

    @Test
    void whereNothingTellsItIsUnknown() throws IOException {
        Files.delete(proc.resolve("meminfo"));
        assertThat(bytes()).isZero();
    }
}
