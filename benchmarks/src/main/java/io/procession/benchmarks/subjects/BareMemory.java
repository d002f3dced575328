package io.procession.benchmarks.subjects;

import io.procession.benchmarks.harness.Samples;
import io.procession.benchmarks.harness.Usage;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The memory of a JVM that waits. Arguments: the flags of that JVM. */
public final class BareMemory {
    private BareMemory() {}

    /** Runs. */
    public static void main(String[] arguments) throws Exception {
        List<String> flags = Arrays.asList(arguments);
        Process waiting = Jvm.start(flags, BareIdle.Waiting.class);
        try {
            TimeUnit.SECONDS.sleep(1); // it says nothing when it is there
            Samples.print(System.out, new long[] {ResidentMemory.bytes(waiting.pid())}, Usage.UNKNOWN);
        } finally {
            waiting.destroyForcibly();
        }
    }
}
