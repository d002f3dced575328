package io.procession.benchmarks.subjects;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.agrona.concurrent.IdleStrategy;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.ringbuffer.RingBuffer;

/**
 * Messages of one size from several JVMs to several JVMs through Agrona's rings for many writers: one for each reader, as such a ring has one reader only, and each writer takes them by turns. So a slow reader
 * holds up all, which it does not with a queue. Arguments: how all wait ({@link Idle}), bytes of a message, warm-ups, messages, writers and as many readers.
 */
public final class AgronaCrowd {
    private static final int RING_BYTES = 4 << 20;

    private AgronaCrowd() {}

    /** Runs. */
    public static void main(String[] arguments) throws Exception {
        int bytes = Integer.parseInt(arguments[1]);
        int warmUps = Integer.parseInt(arguments[2]);
        int messages = Integer.parseInt(arguments[3]);
        int each = Integer.parseInt(arguments[4]);
        int share = Ticks.toSend(bytes, warmUps, messages) / (each * each) + 1; // of a writer, into a ring
        Path file = AgronaRings.createFile(each, RING_BYTES);
        List<Process> others = new ArrayList<>();
        try {
            for (int i = 0; i < each; i++) {
                others.add(child(Writer.class, file, arguments[0], bytes, share, each));
                if (i > 0) {
                    others.add(child(Reader.class, file, arguments[0], bytes, share, each, i));
                }
            }
            Ticks ticks = new Ticks(bytes, warmUps, messages);
            new Reader(file, arguments[0], bytes, share, each, 0).read(() -> tick(ticks, each));
            for (Process other : others) {
                other.waitFor();
            }
        } finally {
            Files.delete(file);
        }
    }

    private static Process child(Class<?> main, Path file, Object... arguments) throws Exception {
        List<String> all = new ArrayList<>(List.of(file.toString()));
        for (Object argument : arguments) {
            all.add(argument.toString());
        }
        return Jvm.start(AgronaRings.FLAGS, main, all.toArray(String[]::new));
    }

    /** One that came here stands for one at each reader. True if that was the last that counts. */
    private static boolean tick(Ticks ticks, int each) {
        for (int i = 0; i < each; i++) {
            if (ticks.tick()) {
                return true;
            }
        }
        return false;
    }

    /** A process that sends. */
    static final class Writer {
        private Writer() {}

        public static void main(String[] arguments) throws Exception {
            IdleStrategy idle = Idle.named(arguments[1]);
            int bytes = Integer.parseInt(arguments[2]);
            List<RingBuffer> rings = AgronaRings.mapMany(Path.of(arguments[0]), Integer.parseInt(arguments[4]));
            UnsafeBuffer message = new UnsafeBuffer(new byte[bytes]);
            for (int left = Integer.parseInt(arguments[3]); left > 0; left--) {
                for (RingBuffer ring : rings) {
                    while (!ring.write(AgronaRings.TYPE, message, 0, bytes)) {
                        idle.idle();
                    }
                    idle.reset();
                }
            }
        }
    }

    /** A process that receives. */
    static final class Reader {
        private final RingBuffer ring;
        private final IdleStrategy idle;
        private final byte[] copy;
        private long left;
        private boolean enough;

        private Reader(Path file, String idle, int bytes, int share, int each, int self) throws Exception {
            this.ring = AgronaRings.mapMany(file, each).get(self);
            this.idle = Idle.named(idle);
            this.copy = new byte[bytes];
            this.left = (long) share * each;
        }

        public static void main(String[] arguments) throws Exception {
            new Reader(
                            Path.of(arguments[0]),
                            arguments[1],
                            Integer.parseInt(arguments[2]),
                            Integer.parseInt(arguments[3]),
                            Integer.parseInt(arguments[4]),
                            Integer.parseInt(arguments[5]))
                    .read(() -> true);
        }

        /** Reads all; each message is told to {@code isLast} until it says that it has seen enough. */
        private void read(BooleanSupplier isLast) {
            while (left > 0) {
                idle.idle(ring.read((type, buffer, index, length) -> {
                    buffer.getBytes(index, copy, 0, length); // what stands in a ring cannot stay there
                    left--;
                    enough = enough || isLast.getAsBoolean();
                }));
            }
        }
    }
}
