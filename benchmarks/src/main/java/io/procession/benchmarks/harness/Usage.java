package io.procession.benchmarks.harness;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * What this process and its descendants have used, as Linux accounts for it; NaN on systems without {@code /proc}. See proc(5).
 *
 * @param cpuSeconds CPU time, with that of children that were reaped
 * @param switches context switches of all threads that live, of their own will or not
 * @param peakBytes the most memory that each had in RAM at a time, together; what they share counts for each
 */
public record Usage(double cpuSeconds, double switches, double peakBytes) {
    /** Nothing is known. */
    public static final Usage UNKNOWN = new Usage(Double.NaN, Double.NaN, Double.NaN);

    private static final String PEAK = "VmHWM:";
    private static final String WILLINGLY = "\nvoluntary_ctxt_switches:";
    private static final String UNWILLINGLY = "nonvoluntary_ctxt_switches:";

    /** Looks. Takes some milliseconds, so it does not belong into what is timed. */
    public static Usage now() {
        double switches = 0;
        double peakBytes = 0;
        for (ProcessHandle process : family()) {
            Path folder = Path.of("/proc", Long.toString(process.pid()));
            switches += switches(folder.resolve("task"));
            peakBytes += 1024 * number(folder.resolve("status"), PEAK);
        }
        return new Usage(TreeCpu.seconds(), switches, peakBytes);
    }

    private static List<ProcessHandle> family() {
        ProcessHandle self = ProcessHandle.current();
        return Stream.concat(Stream.of(self), self.descendants()).toList();
    }

    /** What was used since then; memory is not, it was there. */
    public Usage since(Usage before) {
        return new Usage(cpuSeconds - before.cpuSeconds, Math.max(0, switches - before.switches), peakBytes);
    }

    /** What one of so many things needs that were counted as one sample. */
    public Usage ofEach(int things) {
        return new Usage(cpuSeconds / things, switches / things, peakBytes);
    }

    private static double switches(Path tasks) {
        String[] threads = tasks.toFile().list();
        if (threads == null) {
            return gone();
        }
        double switches = 0;
        for (String thread : threads) {
            Path status = tasks.resolve(thread).resolve("status");
            switches += number(status, WILLINGLY) + number(status, UNWILLINGLY);
        }
        return switches;
    }

    /** The number behind a key. By hand, since what regular expressions load would be missing from what a first start takes. */
    private static double number(Path status, String key) {
        try {
            String text = Files.readString(status);
            int found = text.indexOf(key);
            if (found < 0) {
                return 0; // it has ended and waits to be reaped
            }
            int at = found + key.length();
            while (at < text.length() && !Character.isDigit(text.charAt(at))) {
                at++;
            }
            double number = 0;
            for (; at < text.length() && Character.isDigit(text.charAt(at)); at++) {
                number = 10 * number + Character.digit(text.charAt(at), 10);
            }
            return number;
        } catch (IOException e) {
            return gone();
        }
    }

    /** A process or thread that has ended meanwhile counts no more; where nothing is told, nothing is known. */
    private static double gone() {
        return Files.exists(Path.of("/proc/self/status")) ? 0 : Double.NaN;
    }
}
