package io.procession.benchmarks.subjects;

import io.aeron.Aeron;
import io.aeron.Publication;
import io.aeron.Subscription;
import io.aeron.driver.MediaDriver;
import io.aeron.logbuffer.FragmentHandler;
import io.procession.benchmarks.harness.ScratchDirectory;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.agrona.concurrent.IdleStrategy;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Messages of one size, less than a fragment, over one Aeron IPC stream from several JVMs to several JVMs, each offered by itself. As that is a stream and no queue, each reader sees all messages; each copies only its share. Arguments: how
 * all wait ({@link Idle}), bytes of a message, warm-ups, messages, writers and as many readers.
 */
public final class AeronCrowd {
    private static final int STREAM = 10;
    private static final int FRAGMENTS = 64;

    private AeronCrowd() {}

    /** Runs. */
    public static void main(String[] arguments) throws Exception {
        int bytes = Integer.parseInt(arguments[1]);
        int warmUps = Integer.parseInt(arguments[2]);
        int messages = Integer.parseInt(arguments[3]);
        int each = Integer.parseInt(arguments[4]);
        int share = Ticks.toSend(bytes, warmUps, messages) / each + 1;
        Ticks ticks = new Ticks(bytes, warmUps, messages);
        try (ScratchDirectory scratch = AeronPair.directory();
                MediaDriver driver = AeronPair.driver(scratch.path().toString());
                Reader reader =
                        new Reader(driver.aeronDirectoryName(), arguments[0], bytes, (long) share * each, each, 0)) {
            String directory = driver.aeronDirectoryName();
            List<Process> readers = new ArrayList<>();
            for (int i = 1; i < each; i++) {
                Process other = child(Reader.class, directory, arguments[0], bytes, (long) share * each, each, i);
                other.getInputStream().read(); // it is there: a stream does not keep what was sent before
                readers.add(other);
            }
            List<Process> writers = new ArrayList<>();
            for (int i = 0; i < each; i++) {
                writers.add(child(Writer.class, directory, arguments[0], bytes, share));
            }
            reader.read(ticks::tick);
            await(readers);
            await(writers);
        }
    }

    private static Process child(Class<?> main, Object... arguments) throws IOException {
        List<String> all = new ArrayList<>();
        for (Object argument : arguments) {
            all.add(argument.toString());
        }
        return Jvm.startConnected(AgronaRings.FLAGS, main, all.toArray(String[]::new));
    }

    private static void await(List<Process> processes) throws IOException, InterruptedException {
        for (Process process : processes) {
            process.getOutputStream().close();
            process.waitFor();
        }
    }

    private static Aeron client(String directory) {
        return Aeron.connect(new Aeron.Context().aeronDirectoryName(directory));
    }

    /** A process that sends. */
    static final class Writer {
        private Writer() {}

        public static void main(String[] arguments) throws Exception {
            IdleStrategy idle = Idle.named(arguments[1]);
            int bytes = Integer.parseInt(arguments[2]);
            UnsafeBuffer message = new UnsafeBuffer(new byte[bytes]);
            try (Aeron aeron = client(arguments[0]);
                    Publication out = aeron.addPublication(AeronPair.CHANNEL, STREAM)) {
                for (int left = Integer.parseInt(arguments[3]); left > 0; left--) {
                    AeronPair.send(out, message, bytes, idle);
                }
                while (System.in.read() >= 0) {} // until all have read
            }
        }
    }

    /** A process that receives. */
    static final class Reader implements AutoCloseable {
        private final Aeron aeron;
        private final Subscription in;
        private final IdleStrategy idle;
        private final byte[] copy;
        private final int each;
        private final int self;
        private long left;
        private boolean enough;

        private Reader(String directory, String idle, int bytes, long count, int each, int self) {
            this.aeron = client(directory);
            this.in = aeron.addSubscription(AeronPair.CHANNEL, STREAM);
            this.idle = Idle.named(idle);
            this.copy = new byte[bytes];
            this.left = count;
            this.each = each;
            this.self = self;
        }

        public static void main(String[] arguments) {
            try (Reader reader = new Reader(
                    arguments[0],
                    arguments[1],
                    Integer.parseInt(arguments[2]),
                    Long.parseLong(arguments[3]),
                    Integer.parseInt(arguments[4]),
                    Integer.parseInt(arguments[5]))) {
                System.out.print('r');
                System.out.flush();
                reader.read(() -> true);
            }
        }

        /** Reads all; each message is told to {@code isLast} until it says that it has seen enough. */
        private void read(BooleanSupplier isLast) {
            FragmentHandler handler = (buffer, offset, length, header) -> {
                if (left % each == self) {
                    buffer.getBytes(offset, copy, 0, length);
                }
                left--;
                enough = enough || isLast.getAsBoolean();
            };
            while (left > 0) {
                idle.idle(in.poll(handler, FRAGMENTS));
            }
        }

        @Override
        public void close() {
            aeron.close();
        }
    }
}
