package io.procession.benchmarks.subjects;

import java.util.Arrays;
import java.util.List;

/** Starts and awaits empty JVMs. Arguments: warm-ups, starts, then the flags of these JVMs. */
public final class BareStart {
    private BareStart() {}

    /** Runs. */
    public static void main(String[] arguments) throws Exception {
        List<String> flags = Arrays.asList(arguments).subList(2, arguments.length);
        Repeated.measure(Integer.parseInt(arguments[0]), Integer.parseInt(arguments[1]), () -> {
            int exitCode = Jvm.start(flags, Empty.class).waitFor();
            if (exitCode != 0) {
                throw new IllegalStateException("an empty JVM with flags " + flags + " ended with " + exitCode);
            }
        });
    }

    /** What an empty JVM runs. */
    static final class Empty {
        private Empty() {}

        public static void main(String[] arguments) {}
    }
}
