package io.procession.transport.socket;

import static org.assertj.core.api.Assertions.assertThat;

import io.procession.testing.Eventually;
import io.procession.testing.Guarded;
import io.procession.transport.Link;
import io.procession.transport.LinkHandler;
import io.procession.transport.LinkListener;
import io.procession.transport.TransportSite;
import java.io.IOException;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Many small messages both ways leave nothing behind. {@code -Dsoak.messages=100000000} for a long run. */
@Guarded(seconds = 3_600)
class SoakTest {
    private static final long MESSAGES = Long.getLong("soak.messages", 2_000_000);
    private static final int WINDOW = 256;
    private static final int ANSWER_EVERY = 10;
    private static final long MIB = 1 << 20;

    @TempDir
    Path directory;

    /** What may grow. */
    private record Usage(long heapBytes, long directBytes, long descriptors, long threads) {
        static Usage now() throws IOException {
            for (int i = 0; i < 3; i++) {
                System.gc();
            }
            long heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
            long direct = ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
                    .filter(pool -> pool.getName().equals("direct"))
                    .mapToLong(BufferPoolMXBean::getMemoryUsed)
                    .sum();
            try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
                return new Usage(
                        heap,
                        direct,
                        open.count(),
                        ManagementFactory.getThreadMXBean().getThreadCount());
            }
        }
    }

    /** Checks that the numbers come one after the other, and answers some. */
    private static final class Counter implements LinkHandler {
        private final boolean answering;
        private long expected;
        private @Nullable String defect;
        private boolean closed;

        Counter(boolean answering) {
            this.answering = answering;
        }

        @Override
        public synchronized void onFrame(Link link, ByteBuffer frame) {
            if (frame.getLong(4) != expected && defect == null) {
                defect = frame.getLong(4) + " came instead of " + expected;
            }
            expected++;
            if (answering && expected % ANSWER_EVERY == 0) {
                link.send(frame(expected / ANSWER_EVERY - 1));
            }
        }

        @Override
        public synchronized void onWritten(Link link, long position) {
            notifyAll();
        }

        @Override
        public synchronized void onClosed(Link link, @Nullable Throwable cause) {
            closed = true;
            notifyAll();
        }

        synchronized void awaitWritten(Link link, long position) throws InterruptedException {
            while (link.written() < position && !closed) {
                wait();
            }
        }

        synchronized void awaitClosed() throws InterruptedException {
            while (!closed) {
                wait();
            }
        }

        synchronized long received() {
            return expected;
        }
    }

    private static ByteBuffer frame(long number) {
        return ByteBuffer.allocate(12).putInt(12).putLong(number).flip();
    }

    /** Served by a thread of its own, as the first links of a listener are, and by Netty. */
    @ParameterizedTest
    @ValueSource(ints = {8, 0})
    void nothingGrows(int threads) throws Exception {
        Counter host = new Counter(true);
        Counter client = new Counter(false);
        TransportSite site = new TransportSite(directory, "soak");
        SocketTransport transport = new SocketTransport(new Limits(8, Duration.ofSeconds(10), threads));
        long began = System.nanoTime();
        try (LinkListener listener = transport.listen(site, link -> host);
                Link link = transport.connect(listener.address(), site, client, Site.TIMEOUT)) {
            send(link, client, 0, MESSAGES / 5);
            awaitReceived(client, MESSAGES / 5 / ANSWER_EVERY);
            Usage before = Usage.now();
            send(link, client, MESSAGES / 5, MESSAGES);
            awaitReceived(client, MESSAGES / ANSWER_EVERY);
            Usage after = Usage.now();
            System.out.printf(
                    "%d messages in %d s: %s, then %s%n",
                    MESSAGES, TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - began), before, after);
            assertThat(after.heapBytes).isLessThan(before.heapBytes + 8 * MIB);
            assertThat(after.directBytes).isLessThanOrEqualTo(before.directBytes + MIB);
            assertThat(after.descriptors).isLessThanOrEqualTo(before.descriptors);
            assertThat(after.threads).isLessThanOrEqualTo(before.threads + 2); // the JVM's own compilers
        }
        host.awaitClosed();
        client.awaitClosed();
        assertThat(host.received()).isEqualTo(MESSAGES);
        assertThat(host.defect).isNull();
        assertThat(client.defect).isNull();
    }

    private static void send(Link link, Counter client, long from, long to) throws InterruptedException {
        for (long number = from; number < to; number++) {
            long position = link.send(frame(number));
            if (position - link.written() > WINDOW) {
                client.awaitWritten(link, position - WINDOW / 2);
            }
        }
    }

    private static void awaitReceived(Counter client, long count) throws InterruptedException {
        Eventually.holds(count + " answers", () -> client.received() >= count);
    }
}
