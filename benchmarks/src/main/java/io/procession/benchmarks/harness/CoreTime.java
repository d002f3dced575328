package io.procession.benchmarks.harness;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * What all cores of this machine have done since it started, in seconds of one core; NaN on systems without {@code /proc}.
 *
 * @param busy running anything, or wanted to while the host ran other machines
 * @param stolen the part of it that the host took
 * @param all with what they were idle
 */
record CoreTime(double busy, double stolen, double all) {
    private static final double TICKS_PER_SECOND = 100;
    private static final int IDLE = 3;
    private static final int WAITING_FOR_DISKS = 4;
    private static final int STOLEN = 7;

    /** See proc(5): user, nice, system, idle, iowait, irq, softirq, steal; what follows is counted in user already. */
    static CoreTime now() {
        try (Stream<String> lines = Files.lines(Path.of("/proc/stat"))) {
            List<Double> fields = lines.filter(line -> line.startsWith("cpu "))
                    .flatMap(line ->
                            Stream.of(line.strip().split(" +", -1)).skip(1).limit(STOLEN + 1L))
                    .map(ticks -> Double.parseDouble(ticks) / TICKS_PER_SECOND)
                    .toList();
            double all = fields.stream().mapToDouble(Double::doubleValue).sum();
            return new CoreTime(all - fields.get(IDLE) - fields.get(WAITING_FOR_DISKS), fields.get(STOLEN), all);
        } catch (IOException | RuntimeException unknownHere) {
            return new CoreTime(Double.NaN, Double.NaN, Double.NaN);
        }
    }

    CoreTime minus(CoreTime before) {
        return new CoreTime(busy - before.busy, stolen - before.stolen, all - before.all);
    }
}
