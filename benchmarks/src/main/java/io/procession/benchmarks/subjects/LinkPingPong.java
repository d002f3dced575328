package io.procession.benchmarks.subjects;

import io.procession.benchmarks.harness.Samples;
import io.procession.benchmarks.harness.ScratchDirectory;
import io.procession.benchmarks.harness.Usage;
import io.procession.transport.Link;
import io.procession.transport.LinkHandler;
import io.procession.transport.LinkListener;
import io.procession.transport.Transport;
import io.procession.transport.TransportAddress;
import io.procession.transport.TransportSite;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.ServiceLoader;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/**
 * A frame there and back over a link of one of our transports, straight on the SPI: what the transport itself costs.
 * Arguments: id of the transport, bytes in a frame, warm-ups, round trips.
 */
public final class LinkPingPong {
    private LinkPingPong() {}

    /** Runs. */
    public static void main(String[] arguments) throws Exception {
        ScratchDirectory scratch = ScratchDirectory.create("link");
        Path directory = scratch.path();
        Pinger pinger = new Pinger(frame(arguments[1]), Integer.parseInt(arguments[2]), Integer.parseInt(arguments[3]));
        Process echo;
        try (LinkListener listener =
                transport(arguments[0]).listen(new TransportSite(directory, "host"), link -> pinger)) {
            echo = Jvm.start(
                    List.of(),
                    Echo.class,
                    arguments[0],
                    listener.address().value(),
                    directory.toString(),
                    arguments[1]);
            pinger.end.get();
        }
        echo.waitFor();
        scratch.close();
        Samples.print(System.out, pinger.nanos, pinger.usage);
    }

    private static Thread daemon(Runnable run) {
        Thread thread = new Thread(run, "pauses");
        thread.setDaemon(true);
        return thread;
    }

    private static Transport transport(String id) {
        return ServiceLoader.load(Transport.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(transport -> transport.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no transport named " + id));
    }

    /** A frame with so many bytes behind its length. */
    private static ByteBuffer frame(String bytes) {
        int length = Integer.BYTES + Integer.parseInt(bytes);
        return ByteBuffer.allocate(length).putInt(0, length);
    }

    /** Answers each frame with the next. Runs on the link's thread only, so that nothing but the link is measured. */
    private static final class Pinger implements LinkHandler {
        final CompletableFuture<Void> end = new CompletableFuture<>();
        private boolean finished;
        long[] nanos;
        Usage usage = Usage.UNKNOWN;
        private final Phase warmUp;
        private volatile @Nullable Phase phase; // of the measurement
        private int done;
        private final ByteBuffer frame;
        private volatile long sentAt;
        private final Executor pauses;

        Pinger(ByteBuffer frame, int warmUps, int samples) {
            this.frame = frame;
            // With pauses another thread sends, so that this one waits as it always does.
            this.pauses = Pause.wanted() ? Executors.newSingleThreadExecutor(LinkPingPong::daemon) : Runnable::run;
            this.warmUp = Phase.warmUp(warmUps + 1); // the first frame only says that the other side is there
            this.nanos = new long[samples];
        }

        @Override
        public void onFrame(Link link, ByteBuffer received) {
            long now = System.nanoTime();
            if (phase == null) {
                if (!warmUp.goesOn(++done)) {
                    phase = Phase.measurement(nanos.length);
                    done = 0;
                    usage = Usage.now();
                }
            } else {
                nanos[done++] = now - sentAt;
                if (!phase.goesOn(done)) {
                    usage = Usage.now().since(usage);
                    nanos = Arrays.copyOf(nanos, done);
                    finished = true;
                    link.close();
                    return;
                }
            }
            pauses.execute(() -> send(link));
        }

        private void send(Link link) {
            try {
                if (phase != null) {
                    Pause.take();
                }
            } catch (InterruptedException e) {
                link.close();
                return;
            }
            sentAt = System.nanoTime();
            link.send(frame);
        }

        @Override
        public void onWritten(Link link, long position) {}

        @Override
        public void onClosed(Link link, @Nullable Throwable cause) {
            if (finished) {
                end.complete(null);
            } else {
                end.completeExceptionally(new IllegalStateException("the link ended after " + done, cause));
            }
        }
    }

    /** The other side. */
    static final class Echo implements LinkHandler {
        private final CountDownLatch closed = new CountDownLatch(1);

        private final ByteBuffer frame;

        private Echo(ByteBuffer frame) {
            this.frame = frame;
        }

        public static void main(String[] arguments) throws Exception {
            Echo echo = new Echo(frame(arguments[3]));
            TransportSite site = new TransportSite(Path.of(arguments[2]), "echo");
            try (Link link = transport(arguments[0])
                    .connect(new TransportAddress(arguments[0], arguments[1]), site, echo, Duration.ofSeconds(30))) {
                link.send(echo.frame);
                echo.closed.await();
            }
        }

        @Override
        public void onFrame(Link link, ByteBuffer received) {
            link.send(frame);
        }

        @Override
        public void onWritten(Link link, long position) {}

        @Override
        public void onClosed(Link link, @Nullable Throwable cause) {
            closed.countDown();
        }
    }
}
