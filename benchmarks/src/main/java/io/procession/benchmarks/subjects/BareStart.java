package io.procession.benchmarks.subjects;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Starts and awaits empty JVMs. Arguments: warm-ups, starts, how many at once, then the flags of these JVMs. */
public final class BareStart {
    private BareStart() {}

    /** Runs. */
    public static void main(String[] arguments) throws Exception {
        int atOnce = Integer.parseInt(arguments[2]);
        List<String> flags = Arrays.asList(arguments).subList(3, arguments.length);
        Repeated.measure(Integer.parseInt(arguments[0]), Integer.parseInt(arguments[1]), () -> {
            List<Process> started = new ArrayList<>();
            for (int i = 0; i < atOnce; i++) {
                started.add(Jvm.start(flags, Empty.class));
            }
            for (Process process : started) {
                int exitCode = process.waitFor();
                if (exitCode != 0) {
                    throw new IllegalStateException("an empty JVM with flags " + flags + " ended with " + exitCode);
                }
            }
        });
    }

    /** What an empty JVM runs. */
    static final class Empty {
        private Empty() {}

        public static void main(String[] arguments) {}
    }
}
