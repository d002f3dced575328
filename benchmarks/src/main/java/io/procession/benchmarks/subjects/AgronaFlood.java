package io.procession.benchmarks.subjects;

import java.nio.file.Files;
import java.nio.file.Path;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.IdleStrategy;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.ringbuffer.RingBuffer;

/**
 * Messages of one size one way through Agrona's ring in shared memory, each copied in and published by itself. Arguments: how both wait ({@link Idle}), bytes of a
 * message, warm-ups, messages.
 */
public final class AgronaFlood {
    private static final int RING_BYTES = 4 << 20;

    private AgronaFlood() {}

    /** Runs. */
    public static void main(String[] arguments) throws Exception {
        IdleStrategy idle = Idle.named(arguments[0]);
        int bytes = Integer.parseInt(arguments[1]);
        int warmUps = Integer.parseInt(arguments[2]);
        int messages = Integer.parseInt(arguments[3]);
        Path file = AgronaRings.createFile(2, RING_BYTES);
        RingBuffer ring = AgronaRings.map(file).toHost();
        Receiver receiver = new Receiver(new Ticks(bytes, warmUps, messages), bytes);
        Process sender = Jvm.start(
                AgronaRings.FLAGS,
                Sender.class,
                arguments[0],
                arguments[1],
                Integer.toString(Ticks.toSend(bytes, warmUps, messages)),
                file.toString());
        try {
            while (!receiver.over) {
                idle.idle(ring.read(receiver::onMessage));
            }
        } finally {
            sender.waitFor();
            Files.delete(file);
        }
    }

    private static final class Receiver {
        private final Ticks ticks;
        private final byte[] copy;
        boolean over;

        Receiver(Ticks ticks, int bytes) {
            this.ticks = ticks;
            this.copy = new byte[bytes];
        }

        /** Copies, since what stands in a ring cannot stay there. */
        void onMessage(int type, MutableDirectBuffer buffer, int index, int length) {
            buffer.getBytes(index, copy, 0, length);
            over |= ticks.tick();
        }
    }

    /** The other side. */
    static final class Sender {
        private Sender() {}

        public static void main(String[] arguments) throws Exception {
            IdleStrategy idle = Idle.named(arguments[0]);
            int bytes = Integer.parseInt(arguments[1]);
            int count = Integer.parseInt(arguments[2]);
            RingBuffer ring = AgronaRings.map(Path.of(arguments[3])).toHost();
            UnsafeBuffer message = new UnsafeBuffer(new byte[bytes]);
            for (int i = 0; i < count; i++) {
                while (!ring.write(AgronaRings.TYPE, message, 0, bytes)) {
                    idle.idle();
                }
                idle.reset();
            }
        }
    }
}
