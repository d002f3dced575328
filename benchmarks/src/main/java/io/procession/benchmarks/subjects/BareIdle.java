package io.procession.benchmarks.subjects;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** JVMs that wait for something that does not come. Arguments: how many, seconds to watch, then the flags of these JVMs. */
public final class BareIdle {
    private BareIdle() {}

    /** Runs. */
    public static void main(String[] arguments) throws Exception {
        List<String> flags = Arrays.asList(arguments).subList(2, arguments.length);
        List<Process> children = new ArrayList<>();
        try {
            for (int i = 0; i < Integer.parseInt(arguments[0]); i++) {
                children.add(Jvm.start(flags, Waiting.class));
            }
            IdleCpu.watch(
                    Double.parseDouble(arguments[1]),
                    children.stream().mapToLong(Process::pid).toArray());
        } finally {
            children.forEach(Process::destroyForcibly);
        }
    }

    /** What a waiting JVM runs. */
    static final class Waiting {
        private Waiting() {}

        public static void main(String[] arguments) throws InterruptedException {
            new CountDownLatch(1).await();
        }
    }
}
