package io.procession.transport.shm.memory;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FreeMemoryTest {
    @TempDir
    Path directory;

    @Test
    void isNoMoreThanTheMachineHas() throws IOException {
        Path meminfo = Files.writeString(
                directory.resolve("meminfo"), "MemTotal:  9999 kB\nMemAvailable:     12 kB\nCached:  3 kB\n");
        assertThat(new FreeMemory(meminfo).in(directory)).isEqualTo(12 << 10);
    }

    @Test
    void isWhatTheFileSystemHasWhereTheMachineDoesNotTell() throws IOException {
        Path silent = Files.writeString(directory.resolve("meminfo"), "MemTotal:  9999 kB\n");
        long usable = Files.getFileStore(directory).getUsableSpace();
        assertThat(new FreeMemory(silent).in(directory)).isBetween(usable / 2, 2 * usable);
        assertThat(new FreeMemory(directory.resolve("none")).in(directory)).isBetween(usable / 2, 2 * usable);
    }
}
