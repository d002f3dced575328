package io.procession.benchmarks.subjects;

import io.procession.benchmarks.harness.Samples;
import io.procession.benchmarks.harness.TreeCpu;
import io.procession.benchmarks.harness.Usage;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;

/** Watches processes that should do nothing, and prints the CPU time that they and their parent spent in a second. */
final class IdleCpu {
    private IdleCpu() {}

    static void watch(double seconds, long... children) throws InterruptedException {
        long[] family = LongStream.concat(
                        LongStream.of(children),
                        LongStream.of(ProcessHandle.current().pid()))
                .toArray();
        Usage.now(); // loads and compiles what looks
        pause(Math.min(3, seconds)); // a JVM that has just started still compiles and cleans up
        long begin = System.nanoTime();
        Usage before = Usage.now();
        double cpuBefore = TreeCpu.ofThreads(LongStream.of(family));
        pause(seconds);
        double spent = TreeCpu.ofThreads(LongStream.of(family)) - cpuBefore;
        double elapsed = (System.nanoTime() - begin) / 1e9;
        Usage all = Usage.now();
        Samples.print(
                System.out,
                new long[] {Math.max(0, Math.round(spent / elapsed * 1e9))},
                new Usage(spent, all.since(before).switches() / elapsed, all.peakBytes()));
    }

    private static void pause(double seconds) throws InterruptedException {
        TimeUnit.NANOSECONDS.sleep((long) (seconds * 1e9));
    }
}
