package io.procession.benchmarks.compare;

import io.procession.benchmarks.harness.Machine;
import io.procession.benchmarks.harness.Noise;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The machine while it was measured.
 *
 * @param machine what it is
 * @param othersCpuShare how much of all cores' time went to other programs (or to other machines on the same host), from 0 to 1; NaN if not known
 * @param sharedMemoryMebibytes free room in the memory file system; NaN if there is none
 */
record Surroundings(Machine machine, double othersCpuShare, double sharedMemoryMebibytes) {
    /** Beyond this, others are said to disturb. */
    private static final double DISTURBED = 0.1;

    private static final Path MEMORY_FILE_SYSTEM = Path.of("/dev/shm");

    boolean disturbed() {
        return othersCpuShare > DISTURBED;
    }

    /** Watches others from now on. */
    static Watch watch() {
        return new Watch(Machine.here(), Noise.watch());
    }

    /** What was seen at the beginning. */
    record Watch(Machine machine, Noise.Watch noise) {
        Surroundings end() {
            return new Surroundings(machine, noise.end().others(), freeSharedMemoryMebibytes());
        }
    }

    private static double freeSharedMemoryMebibytes() {
        try {
            return Files.isWritable(MEMORY_FILE_SYSTEM)
                    ? Files.getFileStore(MEMORY_FILE_SYSTEM).getUsableSpace() / (double) (1 << 20)
                    : Double.NaN;
        } catch (IOException e) {
            return Double.NaN;
        }
    }
}
