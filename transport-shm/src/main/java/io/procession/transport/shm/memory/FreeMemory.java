package io.procession.transport.shm.memory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * How much can still be written to files in memory. A memory file system may be as large as the memory itself: who fills it has the kernel kill somebody before the file system is full.
 */
public final class FreeMemory {
    private static final String AVAILABLE = "MemAvailable:";
    private static final int UNIT = 1024;

    private final Path meminfo;

    /** Of this machine. */
    public FreeMemory() {
        this(Path.of("/proc/meminfo"));
    }

    FreeMemory(Path meminfo) {
        this.meminfo = meminfo;
    }

    /**
     * What is left in a directory.
     *
     * @param directory exists
     * @return bytes: what its file system has, and on Linux no more than what the machine has without swapping
     */
    public long in(Path directory) throws IOException {
        return Math.min(Files.getFileStore(directory).getUsableSpace(), ofTheMachine());
    }

    private long ofTheMachine() {
        try (Stream<String> lines = Files.lines(meminfo)) {
            return lines.filter(line -> line.startsWith(AVAILABLE))
                            .map(line -> line.replaceAll("[^0-9]", ""))
                            .mapToLong(Long::parseLong)
                            .findFirst()
                            .orElse(Long.MAX_VALUE / UNIT)
                    * UNIT;
        } catch (IOException | RuntimeException untold) {
            return Long.MAX_VALUE; // not on Linux, or hidden
        }
    }
}
