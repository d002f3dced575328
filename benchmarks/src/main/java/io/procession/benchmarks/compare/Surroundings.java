package io.procession.benchmarks.compare;

import io.procession.benchmarks.harness.Machine;
import io.procession.benchmarks.harness.TreeCpu;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

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
        return new Watch(Machine.here(), stat(), TreeCpu.seconds());
    }

    /** What was seen at the beginning. */
    record Watch(Machine machine, Ticks ticks, double ownSeconds) {
        Surroundings end() {
            Ticks now = stat();
            double own = (TreeCpu.seconds() - ownSeconds) * Ticks.PER_SECOND;
            double busy = now.busy() - ticks.busy();
            return new Surroundings(
                    machine, Math.max(0, busy - own) / (now.all() - ticks.all()), freeSharedMemoryMebibytes());
        }
    }

    /** Time of all cores since the start of the machine, in ticks of 10 ms. */
    record Ticks(double busy, double all) {
        static final double PER_SECOND = 100;
    }

    /** See proc(5): user, nice, system, idle, iowait, irq, softirq, steal; what follows is counted in user already. */
    private static Ticks stat() {
        try (Stream<String> lines = Files.lines(Path.of("/proc/stat"))) {
            List<Double> fields = lines.filter(line -> line.startsWith("cpu "))
                    .flatMap(line ->
                            Stream.of(line.strip().split(" +", -1)).skip(1).limit(8))
                    .map(Double::valueOf)
                    .toList();
            double all = fields.stream().mapToDouble(Double::doubleValue).sum();
            return new Ticks(all - fields.get(3) - fields.get(4), all);
        } catch (IOException | RuntimeException unknownHere) {
            return new Ticks(Double.NaN, Double.NaN);
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
