package io.procession.transport.socket;

import static org.assertj.core.api.Assertions.assertThat;

import io.procession.testing.Eventually;
import io.procession.transport.Link;
import io.procession.transport.LinkListener;
import io.procession.transport.TransportSite;
import io.procession.transport.tck.Recorder;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/** A private directory with a listener in it, which must be left as it was found. */
final class Site implements AutoCloseable {
    static final Duration TIMEOUT = Duration.ofSeconds(60);

    record Accepted(Link link, Recorder recorder) {}

    final TransportSite site;
    final LinkListener listener;
    final LinkedBlockingQueue<Accepted> accepted = new LinkedBlockingQueue<>();
    final List<String> refusals = new CopyOnWriteArrayList<>();

    Site(Path directory) throws IOException {
        this(directory, Limits.USUAL);
    }

    Site(Path directory, Limits limits) throws IOException {
        site = new TransportSite(directory, "test");
        listener = SocketListener.open(
                site,
                link -> {
                    Recorder recorder = new Recorder();
                    accepted.add(new Accepted(link, recorder));
                    return recorder;
                },
                limits,
                new Refusals(refusals::add));
    }

    Link connect(Recorder recorder) throws Exception {
        return new SocketTransport().connect(listener.address(), site, recorder, TIMEOUT);
    }

    RawClient stranger() throws IOException {
        return new RawClient(listener.address(), site.directory());
    }

    Accepted nextAccepted() throws InterruptedException {
        Accepted next = accepted.poll(60, TimeUnit.SECONDS);
        assertThat(next).as("accepted link").isNotNull();
        return next;
    }

    /** A good client is served, and it is the only one who was accepted since the last time. */
    void assertServes() throws Exception {
        Recorder client = new Recorder();
        try (Link link = connect(client)) {
            Accepted host = nextAccepted();
            assertThat(accepted).isEmpty();
            link.send(Frames.numbered(1, 100));
            ByteBuffer frame = host.recorder().frames().poll(60, TimeUnit.SECONDS);
            assertThat(frame).isEqualTo(Frames.numbered(1, 100));
        }
        assertThat(client.closed().get(60, TimeUnit.SECONDS)).isNull();
    }

    void awaitRefusals(int count) throws InterruptedException {
        Eventually.holds(count + " refusals are told", () -> refusals.size() >= count);
        assertThat(refusals).hasSize(count);
    }

    static List<Path> filesBelow(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(file -> !file.equals(directory)).toList();
        }
    }

    static List<String> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.startsWith("procession-socket"))
                .toList();
    }

    @Override
    public void close() throws IOException {
        listener.close();
        Awaitility.await()
                .atMost(TIMEOUT)
                .untilAsserted(() -> assertThat(filesBelow(site.directory())).isEmpty());
        Awaitility.await()
                .atMost(TIMEOUT)
                .untilAsserted(() -> assertThat(threads()).isEmpty());
    }
}
