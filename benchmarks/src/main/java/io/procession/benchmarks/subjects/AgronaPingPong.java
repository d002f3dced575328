package io.procession.benchmarks.subjects;

import io.procession.benchmarks.harness.Samples;
import io.procession.benchmarks.harness.Usage;
import java.nio.file.Files;
import java.nio.file.Path;
import org.agrona.concurrent.IdleStrategy;
import org.agrona.concurrent.MessageHandler;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.ringbuffer.RingBuffer;

/** Eight bytes there and back through Agrona's rings in shared memory. Arguments: how both wait ({@link Idle}), warm-ups, round trips. */
public final class AgronaPingPong {
    private static final int RING_BYTES = 64 << 10;
    private static final int MESSAGE_BYTES = 8;
    private static final int END_BYTES = 1;

    private AgronaPingPong() {}

    /** Runs. */
    public static void main(String[] arguments) throws Exception {
        IdleStrategy idle = Idle.named(arguments[0]);
        int warmUps = Integer.parseInt(arguments[1]);
        long[] nanos = new long[Integer.parseInt(arguments[2])];
        Path file = AgronaRings.createFile(2, RING_BYTES);
        AgronaRings rings = AgronaRings.map(file);
        Process echo = Jvm.start(AgronaRings.FLAGS, Echo.class, arguments[0], file.toString());
        try {
            receive(rings.toHost(), idle); // the other side is there
            Usage before = Usage.UNKNOWN;
            for (int i = -warmUps; i < nanos.length; i++) {
                if (i == 0) {
                    before = Usage.now();
                }
                if (i >= 0) {
                    Pause.take();
                }
                long sentAt = System.nanoTime();
                send(rings.toChild(), MESSAGE_BYTES, idle);
                receive(rings.toHost(), idle);
                if (i >= 0) {
                    nanos[i] = System.nanoTime() - sentAt;
                }
            }
            Samples.print(System.out, nanos, Usage.now().since(before));
            send(rings.toChild(), END_BYTES, idle);
        } finally {
            echo.waitFor();
            Files.delete(file);
        }
    }

    private static void send(RingBuffer ring, int bytes, IdleStrategy idle) {
        UnsafeBuffer message = Message.BUFFER;
        while (!ring.write(AgronaRings.TYPE, message, 0, bytes)) {
            idle.idle();
        }
        idle.reset();
    }

    /** The length of the next message. */
    private static int receive(RingBuffer ring, IdleStrategy idle) {
        Message.length = 0;
        while (ring.read(Message.HANDLER, 1) == 0) {
            idle.idle();
        }
        idle.reset();
        return Message.length;
    }

    private static final class Message {
        static final UnsafeBuffer BUFFER = new UnsafeBuffer(new byte[MESSAGE_BYTES]);
        static int length;
        static final MessageHandler HANDLER = (type, buffer, index, bytes) -> length = bytes;

        private Message() {}
    }

    /** The other side. */
    static final class Echo {
        private Echo() {}

        public static void main(String[] arguments) throws Exception {
            IdleStrategy idle = Idle.named(arguments[0]);
            AgronaRings rings = AgronaRings.map(Path.of(arguments[1]));
            send(rings.toHost(), MESSAGE_BYTES, idle);
            while (receive(rings.toChild(), idle) != END_BYTES) {
                send(rings.toHost(), MESSAGE_BYTES, idle);
            }
        }
    }
}
