package io.procession.benchmarks.subjects;

import io.procession.benchmarks.harness.Samples;
import io.procession.benchmarks.harness.ScratchDirectory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import net.openhft.chronicle.bytes.Bytes;
import net.openhft.chronicle.queue.ChronicleQueue;
import net.openhft.chronicle.queue.ExcerptAppender;
import net.openhft.chronicle.queue.ExcerptTailer;
import net.openhft.chronicle.wire.DocumentContext;
import org.agrona.concurrent.IdleStrategy;

/**
 * Messages of one size through a Chronicle Queue, each appended by itself. As it is a log and no queue, each reader sees all messages; of several readers each copies only its share. Arguments: how
 * readers wait ({@link Idle}), bytes of a message, warm-ups, messages, writers and as many readers.
 */
public final class ChronicleFlood {
    private ChronicleFlood() {}

    /** Runs. */
    public static void main(String[] arguments) throws Exception {
        int bytes = Integer.parseInt(arguments[1]);
        int warmUps = Integer.parseInt(arguments[2]);
        int messages = Integer.parseInt(arguments[3]);
        int each = Integer.parseInt(arguments[4]);
        int count = Ticks.toSend(bytes, warmUps, messages);
        try (ScratchDirectory scratch = ChronicleDirectory.create((long) count * (bytes + Long.BYTES));
                ChronicleQueue queue = open(scratch.path())) {
            Ticks ticks = new Ticks(bytes, warmUps, messages);
            List<Process> others = new ArrayList<>();
            for (int i = 0; i < each; i++) {
                int share = count / each + (i == 0 ? count % each : 0);
                others.add(child(Writer.class, scratch.path(), bytes, share));
                if (i > 0) {
                    others.add(child(Reader.class, scratch.path(), bytes, count, arguments[0], each, i));
                }
            }
            read(queue, Idle.named(arguments[0]), bytes, each, 0, ticks::tick);
            for (Process other : others) {
                other.waitFor();
            }
        }
    }

    private static ChronicleQueue open(Path directory) {
        try {
            return ChronicleDirectory.open(directory);
        } catch (LinkageError | RuntimeException unable) { // it looks into the JDK, whose next version may differ
            Samples.printAbsent(System.out, "it does not run on JDK " + Runtime.version() + ": " + unable);
            System.exit(0);
            throw unable;
        }
    }

    private static Process child(Class<?> main, Path directory, Object... arguments) throws Exception {
        List<String> all = new ArrayList<>(List.of(directory.toString()));
        for (Object argument : arguments) {
            all.add(argument.toString());
        }
        return Jvm.start(ChronicleDirectory.flags(), main, all.toArray(String[]::new));
    }

    /** Is told of each message; true if it was the last. */
    private interface Tick {
        boolean isLast();
    }

    private static void read(ChronicleQueue queue, IdleStrategy idle, int bytes, int readers, int self, Tick tick) {
        byte[] copy = new byte[bytes];
        try (ExcerptTailer tailer = queue.createTailer()) {
            for (long number = 0; ; ) {
                try (DocumentContext message = tailer.readingDocument()) {
                    if (!message.isPresent()) {
                        idle.idle();
                        continue;
                    }
                    idle.reset();
                    if (number++ % readers == self) {
                        message.wire().bytes().read(copy);
                    }
                    if (tick.isLast()) {
                        return;
                    }
                }
            }
        }
    }

    /** A process that appends. */
    static final class Writer {
        private Writer() {}

        public static void main(String[] arguments) {
            int bytes = Integer.parseInt(arguments[1]);
            Bytes<?> message = Bytes.wrapForRead(new byte[bytes]);
            try (ChronicleQueue queue = ChronicleDirectory.open(Path.of(arguments[0]));
                    ExcerptAppender appender = queue.createAppender()) {
                for (int left = Integer.parseInt(arguments[2]); left > 0; left--) {
                    appender.writeBytes(message);
                }
            }
        }
    }

    /** A process that reads beside the first. */
    static final class Reader {
        private int left;

        private Reader(int count) {
            this.left = count;
        }

        public static void main(String[] arguments) {
            Reader reader = new Reader(Integer.parseInt(arguments[2]));
            try (ChronicleQueue queue = ChronicleDirectory.open(Path.of(arguments[0]))) {
                read(
                        queue,
                        Idle.named(arguments[3]),
                        Integer.parseInt(arguments[1]),
                        Integer.parseInt(arguments[4]),
                        Integer.parseInt(arguments[5]),
                        () -> --reader.left == 0);
            }
        }
    }
}
