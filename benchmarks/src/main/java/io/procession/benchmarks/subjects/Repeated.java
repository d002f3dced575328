package io.procession.benchmarks.subjects;

import io.procession.benchmarks.harness.Samples;
import io.procession.benchmarks.harness.Usage;
import java.util.Arrays;
import java.util.concurrent.Callable;

/** Times an operation again and again and prints the samples. */
final class Repeated {
    private Repeated() {}

    /** One operation to be timed. */
    interface Operation {
        void run() throws Exception;
    }

    static void measure(int warmUps, int samples, Operation operation) throws Exception {
        measureEach(1, warmUps, samples, operation);
    }

    /** Times an operation that handles many things at once; a sample is the time of one of them. */
    static void measureEach(int things, int warmUps, int samples, Operation operation) throws Exception {
        Phase warmUp = Phase.warmUp(warmUps);
        for (int i = 0; warmUp.goesOn(i); i++) {
            operation.run();
        }
        long[] nanos = new long[samples];
        int done = 0;
        Usage before = Usage.now();
        for (Phase phase = Phase.measurement(samples); phase.goesOn(done); done++) {
            Pause.take();
            long begin = System.nanoTime();
            operation.run();
            nanos[done] = (System.nanoTime() - begin) / things;
        }
        Samples.print(
                System.out,
                Arrays.copyOf(nanos, done),
                Usage.now().since(before).ofEach(things));
    }

    /** Times only what is returned: what comes before it is preparation. */
    static void measureBehind(int warmUps, int samples, Callable<Operation> preparation) throws Exception {
        long[] nanos = new long[samples];
        for (int i = -warmUps; i < samples; i++) {
            Operation operation = preparation.call();
            long begin = System.nanoTime();
            operation.run();
            if (i >= 0) {
                nanos[i] = System.nanoTime() - begin;
            }
        }
        Samples.print(System.out, nanos, Usage.UNKNOWN);
    }
}
