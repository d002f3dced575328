package io.procession.transport.pipe;

import static org.assertj.core.api.Assertions.assertThat;

import io.procession.transport.Link;
import io.procession.transport.LinkListener;
import io.procession.transport.TransportSite;
import io.procession.transport.tck.Recorder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
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

    Site(Path directory) throws IOException {
        this(directory, PipeListener.LOST_AFTER);
    }

    Site(Path directory, Duration lostAfter) throws IOException {
        site = new TransportSite(directory, "test");
        listener = PipeListener.open(
                site,
                link -> {
                    Recorder recorder = new Recorder();
                    accepted.add(new Accepted(link, recorder));
                    return recorder;
                },
                Mkfifo.find().orElseThrow(),
                lostAfter);
    }

    Link connect(Recorder recorder) throws Exception {
        return new PipeTransport().connect(listener.address(), site, recorder, TIMEOUT);
    }

    Accepted nextAccepted() throws InterruptedException {
        Accepted next = accepted.poll(60, TimeUnit.SECONDS);
        assertThat(next).as("accepted link").isNotNull();
        return next;
    }

    static List<Path> filesBelow(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(file -> !file.equals(directory)).toList();
        }
    }

    static List<String> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.startsWith("procession-pipe"))
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
