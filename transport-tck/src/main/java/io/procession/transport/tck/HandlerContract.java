package io.procession.transport.tck;

import static org.assertj.core.api.Assertions.assertThat;

import io.procession.transport.Link;
import io.procession.transport.LinkHandler;
import io.procession.transport.TransportSite;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * What a handler may do and what its defects cost. That calls are never concurrent, come on daemon threads of the site and end with
 * {@code onClosed} is watched by every {@link End} of every contract.
 */
abstract class HandlerContract extends Contract {
    HandlerContract(TransportFixture fixture) {
        super(fixture);
    }

    @Test
    void aHandlerThatThrowsEndsItsLinkWithThatCauseAndNoOther() throws Exception {
        for (Throwable defect : new Throwable[] {new IllegalStateException("defect"), new LinkageError("defect")}) {
            Host host = room.host((end, link, frame) -> {
                if (frame.number() == 13) {
                    HandlerContract.<RuntimeException>raise(defect);
                }
                End.echo(end, link, frame);
            });
            End other = room.connect(host.address());
            End client = room.connect(host.address());
            host.next();
            client.link().send(Frames.frame(12, 100));
            client.link().send(Frames.frame(13, 100));
            client.link().send(Frames.frame(14, 100));
            End accepted = host.next();
            assertThat(accepted.awaitClosed()).containsSame(defect);
            assertThat(accepted.awaitNumbers(2)).containsExactly(12L, 13L);
            assertThat(client.awaitClosed()).isEmpty();
            assertStillServed(host, other);
        }
    }

    @Test
    void aHandlerThatThrowsWhenToldOfWritingEndsItsLinkWithThatCause() throws Exception {
        IllegalStateException defect = new IllegalStateException("defect");
        Host host = room.host();
        TransportSite site = room.site();
        CompletableFuture<@Nullable Throwable> cause = new CompletableFuture<>();
        Link link = room.transport().connect(host.address(), site, new WrittenDefect(defect, cause), End.PATIENCE);
        End accepted = host.next();
        accepted.link().pause();
        int sizeBytes = link.maxFrameBytes();
        for (long sent = 0; sent < 32 << 20; sent += sizeBytes) {
            link.send(Frames.frame(1, sizeBytes));
        }
        accepted.link().resume();
        assertThat(cause.get(End.PATIENCE.toSeconds(), TimeUnit.SECONDS)).isSameAs(defect);
        assertThat(accepted.awaitClosed()).isEmpty();
    }

    private record WrittenDefect(RuntimeException defect, CompletableFuture<@Nullable Throwable> cause)
            implements LinkHandler {
        @Override
        public void onFrame(Link link, ByteBuffer frame) {}

        @Override
        public void onWritten(Link link, long position) {
            throw defect;
        }

        @Override
        public void onClosed(Link link, @Nullable Throwable why) {
            cause.complete(why);
        }
    }

    @Test
    void aHandlerMayCloseItsLinkAndGetsNothingAfterThat() throws Exception {
        Host host = room.host((end, link, frame) -> {
            if (frame.number() == 3) {
                link.close();
            }
        });
        End client = room.connect(host.address());
        for (int number = 1; number <= 100; number++) {
            client.link().send(Frames.frame(number, 100));
        }
        End accepted = host.next();
        assertThat(accepted.awaitClosed()).isEmpty();
        assertThat(accepted.awaitNumbers(3)).containsExactly(1L, 2L, 3L);
        assertThat(client.awaitClosed()).isEmpty();
    }

    @Test
    void aHandlerMayAnswerWithManyFrames() throws Exception {
        int answers = 20_000;
        Host host = room.host((end, link, frame) -> {
            for (int number = 0; number < answers; number++) {
                link.send(Frames.frame(number, 200));
            }
        });
        End client = room.connect(host.address());
        client.link().send(Frames.frame(1, 100));
        assertThat(client.awaitFrames(answers)).hasSize(answers);
    }

    @Test
    void handlersOfManyLinksDoNotWaitForEachOthersTraffic() throws Exception {
        Host host = room.host(End::echo);
        End first = room.connect(host.address());
        End second = room.connect(host.address());
        for (int number = 0; number < 2_000; number++) {
            first.link().send(Frames.frame(number, 100));
            second.link().send(Frames.frame(number, 100));
        }
        assertThat(first.awaitFrames(2_000)).isEqualTo(second.awaitFrames(2_000));
    }

    @Test
    void aHandlerMayOpenALinkOnAnotherThreadAndCloseItHere() throws Exception {
        Host inner = room.host();
        End other = room.connect(inner.address());
        Host outer = room.host((end, link, frame) -> other.link().close());
        End client = room.connect(outer.address());
        client.link().send(Frames.frame(1, 100));
        assertThat(other.awaitClosed()).isEmpty();
        assertStillServed(room.host(End::echo), client);
    }

    private void assertStillServed(Host host, End established) throws Exception {
        assertThat(established.closed()).isFalse();
        int before = established.count();
        End late = room.connect(host.address());
        late.link().send(Frames.frame(1, 100));
        assertThat(late.awaitNumbers(1)).containsExactly(1L);
        established.awaitWritten(established.link().send(Frames.frame(1, 100)));
        assertThat(established.count()).isGreaterThanOrEqualTo(before);
    }

    @SuppressWarnings("unchecked")
    private static <T extends Throwable> void raise(Throwable throwable) throws T {
        throw (T) throwable;
    }
}
