package io.procession.benchmarks.subjects;

import io.aeron.logbuffer.FragmentHandler;
import io.procession.benchmarks.harness.Samples;
import io.procession.benchmarks.harness.ScratchDirectory;
import io.procession.benchmarks.harness.Usage;
import org.agrona.concurrent.IdleStrategy;
import org.agrona.concurrent.UnsafeBuffer;

/** Eight bytes there and back over Aeron IPC. Arguments: how both wait ({@link Idle}), warm-ups, round trips. */
public final class AeronPingPong {
    private static final int MESSAGE_BYTES = 8;
    private static final int END_BYTES = 1;

    private final AeronPair pair;
    private final IdleStrategy idle;
    private final UnsafeBuffer message = new UnsafeBuffer(new byte[MESSAGE_BYTES]);
    private int length;
    private final FragmentHandler handler = (buffer, offset, bytes, header) -> length = bytes;

    private AeronPingPong(AeronPair pair, String idle) {
        this.pair = pair;
        this.idle = Idle.named(idle);
    }

    /** Runs. */
    public static void main(String[] arguments) throws Exception {
        int warmUps = Integer.parseInt(arguments[1]);
        long[] nanos = new long[Integer.parseInt(arguments[2])];
        try (ScratchDirectory scratch = AeronPair.directory();
                AeronPair pair = AeronPair.host(scratch.path().toString())) {
            Process echo = Jvm.start(
                    AgronaRings.FLAGS, Echo.class, arguments[0], scratch.path().toString());
            new AeronPingPong(pair, arguments[0]).measure(warmUps, nanos);
            echo.waitFor();
        }
    }

    private void measure(int warmUps, long... nanos) throws InterruptedException {
        receive(); // the other side is there
        Usage before = Usage.UNKNOWN;
        for (int i = -warmUps; i < nanos.length; i++) {
            if (i == 0) {
                before = Usage.now();
            }
            if (i >= 0) {
                Pause.take();
            }
            long sentAt = System.nanoTime();
            pair.send(message, MESSAGE_BYTES, idle);
            receive();
            if (i >= 0) {
                nanos[i] = System.nanoTime() - sentAt;
            }
        }
        Samples.print(System.out, nanos, Usage.now().since(before));
        pair.send(message, END_BYTES, idle);
    }

    private int receive() {
        while (pair.in.poll(handler, 1) == 0) {
            idle.idle();
        }
        idle.reset();
        return length;
    }

    /** The other side. */
    static final class Echo {
        private Echo() {}

        public static void main(String[] arguments) throws Exception {
            try (AeronPair pair = AeronPair.child(arguments[1])) {
                AeronPingPong echo = new AeronPingPong(pair, arguments[0]);
                do {
                    pair.send(echo.message, MESSAGE_BYTES, echo.idle);
                } while (echo.receive() != END_BYTES);
            }
        }
    }
}
