package io.procession.benchmarks.harness;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** CPU time as Linux accounts for it; NaN on systems without {@code /proc}. See proc(5). */
public final class TreeCpu {
    /** The kernel tells processes' times in ticks of 10 ms whatever its own clock does. */
    private static final double TICKS_PER_SECOND = 100;

    private TreeCpu() {}

    /** Seconds used so far by this process, its living descendants, and all children that they have reaped. To 10 ms. */
    public static double seconds() {
        ProcessHandle self = ProcessHandle.current();
        return Stream.concat(Stream.of(self), self.descendants())
                .mapToDouble(process -> ticks(process.pid()) / TICKS_PER_SECOND)
                .sum();
    }

    /** Seconds used so far by the living threads of some processes: exact to the nanosecond, for small amounts. */
    public static double ofThreads(LongStream pids) {
        return pids.mapToDouble(TreeCpu::threads).sum() / 1e9;
    }

    private static double ticks(long pid) {
        try {
            String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
            double ticks = 0;
            for (int field = 11; field < 15; field++) { // utime, stime and both again of reaped children
                ticks += Long.parseLong(fields[field]);
            }
            return ticks;
        } catch (IOException e) {
            return Files.exists(Path.of("/proc/self/stat")) ? 0 : Double.NaN; // it ended meanwhile
        }
    }

    private static double threads(long pid) {
        try (Stream<Path> tasks = Files.list(Path.of("/proc/" + pid + "/task"))) {
            return tasks.mapToDouble(TreeCpu::thread).sum();
        } catch (IOException e) {
            return Double.NaN;
        }
    }

    private static double thread(Path task) {
        try {
            String spent = Files.readString(task.resolve("schedstat"));
            return Long.parseLong(spent.substring(0, spent.indexOf(' ')));
        } catch (IOException e) {
            return Files.exists(task) ? Double.NaN : 0;
        }
    }
}
