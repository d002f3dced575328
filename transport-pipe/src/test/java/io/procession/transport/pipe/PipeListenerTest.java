package io.procession.transport.pipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.procession.testing.Eventually;
import io.procession.testing.Guarded;
import io.procession.transport.Link;
import io.procession.transport.TransportAddress;
import io.procession.transport.TransportSite;
import io.procession.transport.tck.Recorder;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Guarded(seconds = 120)
class PipeListenerTest {
    @TempDir
    Path directory;

    private final PipeTransport transport = new PipeTransport();

    private static long descriptors() throws IOException {
        return entries(Path.of("/proc/self/fd"));
    }

    private static long entries(Path directory) throws IOException {
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.count();
        }
    }

    @Test
    void hundredsConnectAtOnceAndNothingIsLeft() throws Exception {
        int clients = 300;
        ExecutorService pool = Executors.newFixedThreadPool(clients);
        try (Site warm = new Site(directory)) {
            warm.connect(new Recorder()).close();
        }
        long before = descriptors();
        try (Site site = new Site(directory)) {
            List<Callable<Link>> calls = new ArrayList<>();
            for (int i = 0; i < clients; i++) {
                int number = i;
                calls.add(() -> {
                    Link link = site.connect(new Recorder());
                    link.send(Frames.numbered(number, 100));
                    return link;
                });
            }
            List<Link> links = new ArrayList<>();
            for (Future<Link> future : pool.invokeAll(calls)) {
                links.add(future.get());
            }
            boolean[] seen = new boolean[clients];
            for (int i = 0; i < clients; i++) {
                Site.Accepted accepted = site.nextAccepted();
                seen[(int) Frames.number(accepted.recorder().frames().take())] = true;
            }
            assertThat(seen).doesNotContain(false);
            links.forEach(Link::close);
        } finally {
            pool.shutdownNow();
        }
        Awaitility.await().untilAsserted(() -> assertThat(descriptors()).isLessThanOrEqualTo(before));
    }

    @Test
    void anAcceptedLinkHasNoFilesAndOutlivesItsListener() throws Exception {
        Site site = new Site(directory);
        Link link = site.connect(new Recorder());
        Site.Accepted host = site.nextAccepted();
        site.listener.close();
        site.listener.close();
        Eventually.isEmpty("files", Duration.ofSeconds(30), () -> Site.filesBelow(directory));
        link.send(Frames.numbered(7, 100));
        assertThat(Frames.number(host.recorder().frames().poll(60, TimeUnit.SECONDS)))
                .isEqualTo(7);
        link.close();
        site.close();
    }

    @Test
    void aClosedListenerIsRefusedWithWords() throws Exception {
        Site site = new Site(directory);
        site.close();
        assertThatThrownBy(() -> site.connect(new Recorder()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("nobody listens there");
    }

    @Test
    void whatADeadHostLeftBehindRefusesAtOnce() throws Exception {
        ListenerFiles files = ListenerFiles.create(new TransportSite(directory, "dead"));
        List<String> names = new ArrayList<>(List.of(ListenerFiles.RENDEZVOUS, ListenerFiles.TICKETS));
        names.addAll(PairStock.firstNames());
        Mkfifo.find().orElseThrow().make(files.directory(), names);
        assertThatThrownBy(() -> transport.connect(
                        files.address(), new TransportSite(directory, "c"), new Recorder(), Site.TIMEOUT))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("has ended");
        Eventually.isEmpty("threads", Duration.ofSeconds(30), Site::threads);
    }

    @Test
    void aHostThatDoesNotAnswerMeansATimeoutOrAnInterruptAndNothingLeftOpen() throws Exception {
        ListenerFiles files = ListenerFiles.create(new TransportSite(directory, "mute"));
        Mkfifo.find().orElseThrow().make(files.directory(), List.of(ListenerFiles.RENDEZVOUS, ListenerFiles.TICKETS));
        TransportSite site = new TransportSite(directory, "c");
        try (FileChannel rendezvous = Fifo.openBoth(files.rendezvous());
                FifoWriter tickets = FifoWriter.open(files.tickets())) {
            assertThat(tickets.unreadBytes()).isZero();
            long before = descriptors();
            assertThatThrownBy(() -> transport.connect(files.address(), site, new Recorder(), Duration.ofMillis(100)))
                    .isInstanceOf(TimeoutException.class);
            Eventually.isEmpty("threads", Duration.ofSeconds(30), Site::threads);
            Thread.currentThread().interrupt();
            assertThatThrownBy(() -> transport.connect(files.address(), site, new Recorder(), Site.TIMEOUT))
                    .isInstanceOf(InterruptedException.class);
            CompletableFuture<Throwable> ending = new CompletableFuture<>();
            Thread waiting = new Thread(() -> {
                try {
                    transport.connect(files.address(), site, new Recorder(), Site.TIMEOUT);
                } catch (Throwable t) {
                    ending.complete(t);
                }
            });
            waiting.start();
            Awaitility.await().until(() -> waiting.getState() == Thread.State.TIMED_WAITING);
            waiting.interrupt();
            assertThat(ending.get(60, TimeUnit.SECONDS)).isInstanceOf(InterruptedException.class);
            Eventually.isEmpty("threads", Duration.ofSeconds(30), Site::threads);
            Awaitility.await().untilAsserted(() -> assertThat(descriptors()).isLessThanOrEqualTo(before));
            assertThat(rendezvous.isOpen()).isTrue();
        }
    }

    @Test
    void clientsOnTheirWayAreToldWhenTheListenerCloses() throws Exception {
        ListenerFiles files = ListenerFiles.create(new TransportSite(directory, "mute"));
        Mkfifo.find().orElseThrow().make(files.directory(), List.of(ListenerFiles.RENDEZVOUS, ListenerFiles.TICKETS));
        TransportSite site = new TransportSite(directory, "c");
        FileChannel rendezvous = Fifo.openBoth(files.rendezvous());
        FifoWriter tickets = FifoWriter.open(files.tickets());
        CompletableFuture<Throwable> ending = new CompletableFuture<>();
        Thread waiting = new Thread(() -> {
            try {
                transport.connect(files.address(), site, new Recorder(), Site.TIMEOUT);
            } catch (Throwable t) {
                ending.complete(t);
            }
        });
        waiting.start();
        Awaitility.await().until(() -> waiting.getState() == Thread.State.TIMED_WAITING);
        rendezvous.close();
        tickets.close();
        assertThat(ending.get(60, TimeUnit.SECONDS)).isInstanceOf(IOException.class);
    }

    @Test
    void ticketsOfClientsThatNeverCameAreTakenBack() throws Exception {
        try (Site site = new Site(directory, Duration.ZERO)) {
            Path files = Path.of(site.listener.address().value());
            try (FileChannel rendezvous = Fifo.openBoth(files.resolve(ListenerFiles.RENDEZVOUS))) {
                for (int lost = 0; lost < 100; lost++) {
                    try (FileChannel tickets = Fifo.openReader(files.resolve(ListenerFiles.TICKETS))
                            .getChannel()) {
                        rendezvous.write(Claim.ANNOUNCEMENT.encode());
                        tickets.read(ByteBuffer.allocateDirect(PairStock.TICKET_BYTES));
                    }
                }
                // Anything that arrives makes the host look: once to find tickets missing, then to find their time
                // over.
                Awaitility.await().until(() -> {
                    rendezvous.write(new Claim(4711, 0).encode());
                    return entries(files) < 100;
                });
            }
        }
    }

    @Test
    void claimsOfNothingAndNonsenseAreIgnored() throws Exception {
        try (Site site = new Site(directory)) {
            Path files = Path.of(site.listener.address().value());
            try (FileChannel rendezvous = Fifo.openBoth(files.resolve(ListenerFiles.RENDEZVOUS))) {
                rendezvous.write(new Claim(4711, 1 << 30).encode());
                rendezvous.write(new Claim(-5, -1).encode());
                rendezvous.write(ByteBuffer.allocateDirect(4711));
            }
            site.connect(new Recorder()).close();
            assertThat(site.nextAccepted()).isNotNull();
        }
    }

    @Test
    void anAcceptorThatThrowsRefusesTheClientAndGoesOn() throws Exception {
        boolean[] refuse = {true};
        try (var listener = transport.listen(new TransportSite(directory, "h"), link -> {
            if (refuse[0]) {
                throw new IllegalStateException("not you");
            }
            return new Recorder();
        })) {
            TransportSite site = new TransportSite(directory, "c");
            assertThatThrownBy(() -> transport.connect(listener.address(), site, new Recorder(), Site.TIMEOUT))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("refused");
            refuse[0] = false;
            transport
                    .connect(listener.address(), site, new Recorder(), Site.TIMEOUT)
                    .close();
        }
    }

    @Test
    void addressesOfOthersAreRefused() {
        assertThatThrownBy(() -> transport.connect(
                        new TransportAddress("socket", "x"),
                        new TransportSite(directory, "c"),
                        new Recorder(),
                        Site.TIMEOUT))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
