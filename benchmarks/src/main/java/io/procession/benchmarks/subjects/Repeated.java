package io.procession.benchmarks.subjects;

import io.procession.benchmarks.harness.Samples;
import io.procession.benchmarks.harness.TreeCpu;

/** Times an operation again and again and prints the samples. */
final class Repeated {
    private Repeated() {}

    /** One operation to be timed. */
    interface Operation {
        void run() throws Exception;
    }

    static void measure(int warmUps, int samples, Operation operation) throws Exception {
        for (int i = 0; i < warmUps; i++) {
            operation.run();
        }
        long[] nanos = new long[samples];
        double cpuBefore = TreeCpu.seconds();
        for (int i = 0; i < samples; i++) {
            long begin = System.nanoTime();
            operation.run();
            nanos[i] = System.nanoTime() - begin;
        }
        Samples.print(System.out, nanos, TreeCpu.seconds() - cpuBefore);
    }
}
