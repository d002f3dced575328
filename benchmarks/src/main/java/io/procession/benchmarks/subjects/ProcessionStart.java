package io.procession.benchmarks.subjects;

import io.procession.process.Process;

/** Starts and joins processes that do nothing. Arguments: warm-ups, starts. */
public final class ProcessionStart {
    private ProcessionStart() {}

    /** Runs. */
    public static void main(String[] arguments) throws Exception {
        Repeated.measure(Integer.parseInt(arguments[0]), Integer.parseInt(arguments[1]), () -> {
            Process process = Process.start(ProcessionStart::doNothing);
            process.join();
            if (process.exitCode().orElseThrow() != 0) {
                throw new IllegalStateException(
                        "an empty process " + process.exitStatus().orElseThrow());
            }
        });
    }

    private static void doNothing() {}
}
