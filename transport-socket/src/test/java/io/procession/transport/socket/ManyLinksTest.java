package io.procession.transport.socket;

import static org.assertj.core.api.Assertions.assertThat;

import io.procession.testing.Eventually;
import io.procession.testing.Guarded;
import io.procession.transport.Link;
import io.procession.transport.tck.Recorder;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Hundreds of links at one listener, at once. */
@Guarded(seconds = 180)
class ManyLinksTest {
    private static final int LINKS = 500;
    private static final int FRAMES = 50;

    @TempDir
    Path directory;

    private record Client(Link link, Recorder recorder, long number) {}

    @Test
    void fiveHundredLinksLiveAtOnceWithAFewThreadsForAllOfThem() throws Exception {
        ExecutorService connecting = Executors.newFixedThreadPool(100);
        try (Site site = new Site(directory)) {
            List<Callable<Client>> calls = new ArrayList<>();
            for (long i = 0; i < LINKS; i++) {
                long number = i;
                calls.add(() -> connect(site, number));
            }
            List<Client> clients = new ArrayList<>();
            for (Future<Client> client : connecting.invokeAll(calls)) {
                clients.add(client.get());
            }
            assertThat(threads("-loop-")).isBetween(1, 4);
            assertThat(threads("-hosted-")).isEqualTo(Limits.USUAL.threads());

            List<Site.Accepted> accepted = new ArrayList<>();
            for (int i = 0; i < LINKS; i++) {
                Site.Accepted host = site.nextAccepted();
                long number = Frames.number(host.recorder().frames().poll(60, TimeUnit.SECONDS));
                for (int frame = 0; frame < FRAMES; frame++) {
                    host.link().send(Frames.numbered(number, 20 + frame * 17));
                }
                accepted.add(host);
            }
            for (Client client : clients) {
                for (int frame = 0; frame < FRAMES; frame++) {
                    ByteBuffer received = client.recorder.frames().poll(60, TimeUnit.SECONDS);
                    assertThat(received).isEqualTo(Frames.numbered(client.number, 20 + frame * 17));
                }
            }
            assertThat(site.refusals).isEmpty();
            clients.forEach(client -> client.link.close());
            for (Site.Accepted host : accepted) {
                assertThat(host.recorder().closed().get(60, TimeUnit.SECONDS)).isNull();
                assertThat(host.recorder().defects()).isEmpty();
            }
            for (Client client : clients) {
                assertThat(client.recorder.closed().get(60, TimeUnit.SECONDS)).isNull();
                assertThat(client.recorder.defects()).isEmpty();
            }
        } finally {
            connecting.shutdown();
        }
    }

    private static Client connect(Site site, long number) throws Exception {
        Recorder recorder = new Recorder();
        Link link = site.connect(recorder);
        link.send(Frames.numbered(number, 100));
        return new Client(link, recorder, number);
    }

    @Test
    void aThreadThatIsFreeAgainServesTheNextLink() throws Exception {
        try (Site site = new Site(directory, new Limits(8, Duration.ofSeconds(10), 2))) {
            List<Client> clients = new ArrayList<>();
            for (long number = 1; number <= 4; number++) {
                clients.add(connect(site, number));
                talk(site.nextAccepted(), clients.get(clients.size() - 1));
            }
            assertThat(threads("-hosted-")).isEqualTo(2);
            assertThat(threads("-loop-")).isBetween(1, 4);

            clients.get(0).link.close();
            clients.get(0).recorder.closed().get(60, TimeUnit.SECONDS);
            Eventually.holds("its thread has ended", () -> threads("-hosted-") == 1);
            Client another = connect(site, 5);
            talk(site.nextAccepted(), another);
            assertThat(threads("-hosted-")).isEqualTo(2);
            for (Client client : clients) {
                client.link.close();
            }
            another.link.close();
        }
    }

    /** A frame each way. */
    private static void talk(Site.Accepted host, Client client) throws Exception {
        ByteBuffer first = host.recorder().frames().poll(60, TimeUnit.SECONDS);
        assertThat(first).isEqualTo(Frames.numbered(client.number, 100));
        host.link().send(Frames.numbered(client.number, 50));
        ByteBuffer answer = client.recorder.frames().poll(60, TimeUnit.SECONDS);
        assertThat(answer).isEqualTo(Frames.numbered(client.number, 50));
    }

    private static int threads(String role) {
        return (int) Site.threads().stream().filter(name -> name.contains(role)).count();
    }
}
