package io.procession.transport.shm;

import static org.assertj.core.api.Assertions.assertThat;

import io.procession.testing.ChildJvm;
import io.procession.testing.Eventually;
import io.procession.testing.Guarded;
import io.procession.testing.TestDirectory;
import io.procession.transport.Link;
import io.procession.transport.LinkListener;
import io.procession.transport.TransportSite;
import io.procession.transport.tck.Recorder;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is this transport's own: memory that is gone when nobody needs it, readers that stand still, many links on one thread. */
@Guarded(seconds = 120)
class ShmLinkTest {
    private record Accepted(Link link, Recorder recorder) {}

    private final LinkedBlockingQueue<Accepted> accepted = new LinkedBlockingQueue<>();
    private Path memory;
    private TransportSite site;
    private LinkListener listener;

    @BeforeEach
    void listen(TestDirectory directory) throws IOException {
        memory = directory.fresh();
        System.setProperty(ShmSettings.DIRECTORY, memory.toString());
        System.setProperty(ShmSettings.RING_BYTES, "16384");
        site = new TransportSite(directory.fresh(), "test");
        listener = new ShmTransport().listen(site, link -> {
            Recorder recorder = new Recorder();
            accepted.add(new Accepted(link, recorder));
            return recorder;
        });
    }

    @AfterEach
    void close() throws Exception {
        System.clearProperty(ShmSettings.DIRECTORY);
        System.clearProperty(ShmSettings.RING_BYTES);
        listener.close();
        Eventually.isEmpty("no memory has a name", Duration.ofSeconds(30), this::names);
    }

    /** Everything below the place of memory but the directory of the user. */
    private List<Path> names() throws IOException {
        try (Stream<Path> all = Files.walk(memory)) {
            return all.filter(each -> each.getNameCount() > memory.getNameCount() + 1)
                    .toList();
        } catch (java.io.UncheckedIOException goneMeanwhile) {
            return List.of(memory);
        }
    }

    private Accepted next() throws InterruptedException {
        Accepted next = accepted.poll(60, TimeUnit.SECONDS);
        assertThat(next).as("accepted link").isNotNull();
        return next;
    }

    private Link connect(Recorder recorder) throws Exception {
        return new ShmTransport().connect(listener.address(), site, recorder, Duration.ofSeconds(60));
    }

    @Test
    void aLinkThatLivesHasNoFile() throws Exception {
        Recorder client = new Recorder();
        try (Link link = connect(client)) {
            Accepted host = next();
            int large = link.maxFrameBytes();
            for (int number = 0; number < 20; number++) {
                link.send(Frames.numbered(number, large));
                assertThat(host.recorder().frames().poll(60, TimeUnit.SECONDS))
                        .isEqualTo(Frames.numbered(number, large));
            }
            Eventually.isEmpty(
                    "files of a link that lives",
                    Duration.ofSeconds(30),
                    () -> names().stream().filter(Files::isRegularFile).toList());
        }
        client.closed().get(60, TimeUnit.SECONDS);
    }

    @Test
    void aReaderThatIsStoppedHoldsUpNobodyAndGoesOnWhereItStood() throws Exception {
        try (ChildJvm child =
                ChildJvm.start(CountingChild.class, listener.address().value(), site.directory(), 0)) {
            assertThat(child.hear()).isEqualTo("connected");
            Accepted stopped = next();
            child.signal("STOP");
            Recorder other = new Recorder();
            Link neighbour = connect(other);
            int count = 2_000;
            for (int number = 0; number < count; number++) {
                stopped.link()
                        .send(Frames.numbered(number, 1_000)); // far more than the ring takes; returns all the same
            }
            assertThat(stopped.link().written()).isLessThan(count);
            Accepted neighboursHost = next();
            neighbour.send(Frames.numbered(1, 100));
            assertThat(neighboursHost.recorder().frames().poll(60, TimeUnit.SECONDS))
                    .isNotNull();
            long position = stopped.link().send(Frames.numbered(1, 16));
            child.signal("CONT");
            assertThat(child.hear()).isEqualTo(Integer.toString(count + 1));
            Eventually.holds("all is written", () -> stopped.link().written() == position);
            neighbour.close();
            neighboursHost.recorder().closed().get(60, TimeUnit.SECONDS);
            stopped.link().close();
            stopped.recorder().closed().get(60, TimeUnit.SECONDS);
        }
    }

    @Test
    void aKilledReaderOfLargeFramesLeavesNoFile() throws Exception {
        try (ChildJvm child =
                ChildJvm.start(CountingChild.class, listener.address().value(), site.directory(), 0)) {
            assertThat(child.hear()).isEqualTo("connected");
            Accepted host = next();
            child.signal("STOP");
            for (int number = 0; number < 20; number++) {
                host.link().send(Frames.numbered(number, host.link().maxFrameBytes()));
            }
            Eventually.isEmpty(
                    "there are segments that nobody has taken",
                    Duration.ofSeconds(30),
                    () -> names().isEmpty() ? List.of("none") : List.of());
            child.kill();
            host.recorder().closed().get(60, TimeUnit.SECONDS);
        }
    }

    @Test
    void aKilledSenderOfLargeFramesLeavesWhatItHadWrittenAndNoFile() throws Exception {
        Recorder seen = new Recorder();
        try (LinkListener slow = new ShmTransport().listen(site, link -> {
                    accepted.add(new Accepted(link, seen));
                    link.pause();
                    return seen;
                });
                ChildJvm child =
                        ChildJvm.start(CountingChild.class, slow.address().value(), site.directory(), 20)) {
            Accepted host = next();
            assertThat(child.hear()).isEqualTo("connected");
            assertThat(names().stream().filter(Files::isRegularFile))
                    .as("segments that nobody has taken")
                    .hasSize(8);
            child.kill();
            host.link().resume();
            seen.closed().get(60, TimeUnit.SECONDS);
            assertThat(seen.frames()).as("as many as there are segments").hasSize(8);
            for (int number = 0; number < 8; number++) {
                assertThat(seen.frames().poll())
                        .isEqualTo(Frames.numbered(number, host.link().maxFrameBytes()));
            }
        }
    }

    @Test
    void whatIsReservedIsUsedBothWaysAndLeavesNoFileHoweverTheLinkEnds() throws Exception {
        try (LinkListener reserving = listenReserving()) {
            Recorder client = new Recorder();
            Link link = new ShmTransport().connect(reserving.address(), site, client, Duration.ofSeconds(60));
            Accepted host = next();
            assertThat(names().stream().filter(Files::isRegularFile))
                    .as("two segments each way, that nobody has looked at")
                    .hasSize(4);
            for (int number = 0; number < 20; number++) {
                ByteBuffer frame = Frames.numbered(number, link.maxFrameBytes());
                link.send(frame);
                host.link().send(frame);
                assertThat(host.recorder().frames().poll(60, TimeUnit.SECONDS)).isEqualTo(frame);
                assertThat(client.frames().poll(60, TimeUnit.SECONDS)).isEqualTo(frame);
            }
            link.close();
            host.recorder().closed().get(60, TimeUnit.SECONDS);

            try (ChildJvm child =
                    ChildJvm.start(CountingChild.class, reserving.address().value(), site.directory(), 0)) {
                assertThat(child.hear()).isEqualTo("connected");
                Accepted other = next();
                child.kill();
                other.recorder().closed().get(60, TimeUnit.SECONDS);
            }
        }
    }

    private LinkListener listenReserving() throws IOException {
        System.setProperty(ShmSettings.RESERVED_SEGMENTS, "2");
        try {
            return new ShmTransport().listen(site, link -> {
                Recorder recorder = new Recorder();
                accepted.add(new Accepted(link, recorder));
                return recorder;
            });
        } finally {
            System.clearProperty(ShmSettings.RESERVED_SEGMENTS);
        }
    }

    @Test
    void manyLinksShareOneThread() throws Exception {
        List<Link> links = new ArrayList<>();
        List<Recorder> clients = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            Recorder recorder = new Recorder();
            clients.add(recorder);
            links.add(connect(recorder));
        }
        for (int i = 0; i < 200; i++) {
            links.get(i).send(Frames.numbered(i, 100));
        }
        List<Accepted> hosts = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            hosts.add(next());
        }
        for (Accepted host : hosts) {
            assertThat(host.recorder().frames().poll(60, TimeUnit.SECONDS)).isNotNull();
        }
        Eventually.holds( // one of an earlier test may be about to end
                "one thread for all",
                () -> Thread.getAllStackTraces().keySet().stream()
                                .filter(thread -> thread.getName().startsWith("procession-shm"))
                                .count()
                        == 1);
        links.forEach(Link::close);
        for (Accepted host : hosts) {
            assertThat(host.recorder().closed().get(60, TimeUnit.SECONDS)).isNull();
            assertThat(host.recorder().defects()).isEmpty();
        }
    }

    @Test
    void aLinkWakesUpAfterEachRest() throws Exception {
        Recorder client = new Recorder();
        Link link = connect(client);
        Accepted host = next();
        for (int number = 0; number < 300; number++) {
            int current = number;
            link.send(Frames.numbered(current, 50));
            // With the loop asleep only the doorbell can tell it.
            assertThat(host.recorder().frames().poll(60, TimeUnit.SECONDS)).isEqualTo(Frames.numbered(current, 50));
            if (number % 3 == 0) {
                Eventually.holds("the loop sleeps", ShmLinkTest::loopSleeps);
            }
        }
        link.close();
        host.recorder().closed().get(60, TimeUnit.SECONDS);
    }

    private static boolean loopSleeps() {
        return Thread.getAllStackTraces().entrySet().stream()
                .filter(entry -> entry.getKey().getName().startsWith("procession-shm"))
                .allMatch(entry -> Stream.of(entry.getValue())
                        .anyMatch(frame -> frame.getMethodName().equals("select")));
    }
}
