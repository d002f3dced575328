package io.procession.benchmarks.subjects;

import io.aeron.FragmentAssembler;
import io.procession.benchmarks.harness.ScratchDirectory;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.IdleStrategy;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Messages of one size one way over Aeron IPC, each offered by itself. Arguments: how both wait ({@link Idle}), bytes of a message, warm-ups, messages.
 */
public final class AeronFlood {
    private static final int FRAGMENTS = 64;

    private final Ticks ticks;
    private final byte[] copy;
    private boolean over;

    private AeronFlood(Ticks ticks, int bytes) {
        this.ticks = ticks;
        this.copy = new byte[bytes];
    }

    /** Runs. */
    public static void main(String[] arguments) throws Exception {
        IdleStrategy idle = Idle.named(arguments[0]);
        int bytes = Integer.parseInt(arguments[1]);
        int warmUps = Integer.parseInt(arguments[2]);
        int messages = Integer.parseInt(arguments[3]);
        AeronFlood receiver = new AeronFlood(new Ticks(bytes, warmUps, messages), bytes);
        try (ScratchDirectory scratch = AeronPair.directory();
                AeronPair pair = AeronPair.host(scratch.path().toString())) {
            Process sender = Jvm.start(
                    AgronaRings.FLAGS,
                    Sender.class,
                    arguments[0],
                    arguments[1],
                    Integer.toString(Ticks.toSend(bytes, warmUps, messages)),
                    scratch.path().toString());
            FragmentAssembler whole = new FragmentAssembler(
                    (buffer, offset, length, header) -> receiver.onMessage(buffer, offset, length));
            while (!receiver.over) {
                idle.idle(pair.in.poll(whole, FRAGMENTS));
            }
            pair.send(new UnsafeBuffer(new byte[1]), 1, idle); // the other may close its stream
            sender.waitFor();
        }
    }

    /** Copies, since what stands in the log cannot stay there. */
    private void onMessage(DirectBuffer buffer, int offset, int length) {
        buffer.getBytes(offset, copy, 0, length);
        over |= ticks.tick();
    }

    /** The other side. */
    static final class Sender {
        private Sender() {}

        public static void main(String[] arguments) throws Exception {
            IdleStrategy idle = Idle.named(arguments[0]);
            int bytes = Integer.parseInt(arguments[1]);
            int count = Integer.parseInt(arguments[2]);
            UnsafeBuffer message = new UnsafeBuffer(new byte[bytes]);
            try (AeronPair pair = AeronPair.child(arguments[3])) {
                for (int i = 0; i < count; i++) {
                    pair.send(message, bytes, idle);
                }
                while (pair.in.poll((buffer, offset, length, header) -> {}, 1) == 0) {
                    idle.idle();
                }
            }
        }
    }
}
