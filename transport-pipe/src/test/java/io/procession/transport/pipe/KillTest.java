package io.procession.transport.pipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.procession.testing.ChildJvm;
import io.procession.testing.Guarded;
import io.procession.transport.Link;
import io.procession.transport.TransportAddress;
import io.procession.transport.TransportSite;
import io.procession.transport.tck.Recorder;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** SIGKILL, to each side, in each step. */
@Guarded(seconds = 120)
class KillTest {
    @TempDir
    Path directory;

    @ParameterizedTest
    @EnumSource
    void aClientKilledInAnyStepLeavesAHealthyHost(HandshakeChild.Step step) throws Exception {
        boolean accepted = step.compareTo(HandshakeChild.Step.CLAIMED) >= 0;
        try (Site site = new Site(directory)) {
            try (ChildJvm child =
                    ChildJvm.start(HandshakeChild.class, site.listener.address().value(), step)) {
                assertThat(child.hear()).isEqualTo(step.name());
                if (step == HandshakeChild.Step.SENDING) {
                    assertThat(site.accepted.peek().recorder().frames().take()).isNotNull();
                }
                child.kill();
            }
            if (accepted) {
                Recorder dead = site.nextAccepted().recorder();
                assertThat(dead.closed().get(60, TimeUnit.SECONDS)).isNull();
                long next = step == HandshakeChild.Step.SENDING ? 1 : 0;
                for (ByteBuffer frame : dead.frames()) {
                    assertThat(frame).isEqualTo(Frames.numbered(next, 12 + (int) (next * 37 % 60_000)));
                    next++;
                }
                assertThat(dead.defects()).isEmpty();
            }
            for (int i = 0; i < 20; i++) {
                site.connect(new Recorder()).close();
                site.nextAccepted().recorder().closed().get(60, TimeUnit.SECONDS);
            }
        }
    }

    @Test
    void aHostKilledBeforeItAnswersFailsTheConnect() throws Exception {
        try (ChildJvm host = ChildJvm.start(HostChild.class, directory, false)) {
            TransportAddress address = new TransportAddress(PipeTransport.ID, host.hear());
            CompletableFuture<Throwable> ending = new CompletableFuture<>();
            Thread client = new Thread(() -> {
                try {
                    connect(address, new Recorder());
                } catch (Throwable t) {
                    ending.complete(t);
                }
            });
            client.start();
            assertThat(host.hear()).isEqualTo("asked");
            host.kill();
            assertThat(ending.get(60, TimeUnit.SECONDS))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("has ended");
            assertThatThrownBy(() -> connect(address, new Recorder()))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("has ended");
        }
        Awaitility.await().untilAsserted(() -> assertThat(Site.threads()).isEmpty());
    }

    @Test
    void aHostKilledInMidTrafficEndsItsLinksAfterTheLastWholeFrame() throws Exception {
        try (ChildJvm host = ChildJvm.start(HostChild.class, directory, true)) {
            Recorder client = new Recorder();
            Link link = connect(new TransportAddress(PipeTransport.ID, host.hear()), client);
            for (long number = 0; number < 500; number++) {
                assertThat(Frames.number(client.frames().take())).isEqualTo(number);
                link.send(Frames.numbered(number, 1000));
            }
            host.kill();
            assertThat(client.closed().get(60, TimeUnit.SECONDS)).isNull();
            long next = 500;
            for (ByteBuffer frame : client.frames()) {
                assertThat(frame).isEqualTo(Frames.numbered(next, 12 + (int) (next * 37 % 60_000)));
                next++;
            }
            assertThat(client.defects()).isEmpty();
        }
        Awaitility.await().untilAsserted(() -> assertThat(Site.threads()).isEmpty());
    }

    private Link connect(TransportAddress address, Recorder recorder) throws Exception {
        return new PipeTransport().connect(address, new TransportSite(directory, "client"), recorder, Site.TIMEOUT);
    }
}
