package io.procession.benchmarks.subjects;

import io.procession.benchmarks.harness.ScratchDirectory;
import io.procession.transport.Link;
import io.procession.transport.LinkHandler;
import io.procession.transport.LinkListener;
import io.procession.transport.Transport;
import io.procession.transport.TransportAddress;
import io.procession.transport.TransportSite;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.ServiceLoader;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/**
 * Frames one way over a link, straight on the SPI, from one thread that does not wait for each to be written, but for all but the last few. Arguments: id of the
 * transport, bytes of a frame, warm-ups, frames.
 */
public final class LinkFlood {
    private static final int WINDOW_FRAMES = 256;
    private static final int WINDOW_BYTES = 256 * 1024;

    private LinkFlood() {}

    /** Runs. */
    public static void main(String[] arguments) throws Exception {
        ScratchDirectory scratch = ScratchDirectory.create("flood");
        Path directory = scratch.path();
        int bytes = Integer.parseInt(arguments[1]);
        int warmUps = Integer.parseInt(arguments[2]);
        int frames = Integer.parseInt(arguments[3]);
        Receiver receiver = new Receiver(new Ticks(bytes, warmUps, frames));
        Process sender;
        try (LinkListener listener =
                transport(arguments[0]).listen(new TransportSite(directory, "host"), link -> receiver)) {
            sender = Jvm.start(
                    List.of(),
                    Sender.class,
                    arguments[0],
                    arguments[1],
                    Integer.toString(Ticks.toSend(bytes, warmUps, frames)),
                    listener.address().value(),
                    directory.toString());
            receiver.closed.await();
        }
        sender.waitFor();
        scratch.close();
    }

    private static Transport transport(String id) {
        return ServiceLoader.load(Transport.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(transport -> transport.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no transport named " + id));
    }

    private static final class Receiver implements LinkHandler {
        final CountDownLatch closed = new CountDownLatch(1);
        private final Ticks ticks;

        Receiver(Ticks ticks) {
            this.ticks = ticks;
        }

        @Override
        public void onFrame(Link link, ByteBuffer frame) {
            if (ticks.tick()) {
                link.close();
            }
        }

        @Override
        public void onWritten(Link link, long position) {}

        @Override
        public void onClosed(Link link, @Nullable Throwable cause) {
            closed.countDown();
        }
    }

    /** The other side. */
    static final class Sender implements LinkHandler {
        private boolean closed;

        private Sender() {}

        public static void main(String[] arguments) throws Exception {
            Sender sender = new Sender();
            int bytes = Integer.parseInt(arguments[1]);
            int count = Integer.parseInt(arguments[2]);
            int window = Math.max(1, Math.min(WINDOW_FRAMES, WINDOW_BYTES / bytes));
            TransportAddress address = new TransportAddress(arguments[0], arguments[3]);
            TransportSite site = new TransportSite(Path.of(arguments[4]), "flood");
            try (Link link = transport(arguments[0]).connect(address, site, sender, Duration.ofSeconds(30))) {
                ByteBuffer frame = ByteBuffer.allocate(bytes).putInt(0, bytes);
                for (int i = 0; i < count; i++) {
                    long position = link.send(frame);
                    if (position - link.written() > window) {
                        sender.awaitWritten(link, position - window / 2);
                    }
                }
                sender.awaitEnd();
            }
        }

        private synchronized void awaitWritten(Link link, long position) throws InterruptedException {
            while (link.written() < position && !closed) {
                wait();
            }
        }

        private synchronized void awaitEnd() throws InterruptedException {
            while (!closed) {
                wait();
            }
        }

        @Override
        public void onFrame(Link link, ByteBuffer frame) {}

        @Override
        public synchronized void onWritten(Link link, long position) {
            notifyAll();
        }

        @Override
        public synchronized void onClosed(Link link, @Nullable Throwable cause) {
            closed = true;
            notifyAll();
        }
    }
}
