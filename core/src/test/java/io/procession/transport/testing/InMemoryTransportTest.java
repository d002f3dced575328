package io.procession.transport.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import io.procession.testing.Guarded;
import io.procession.transport.Link;
import io.procession.transport.LinkHandler;
import io.procession.transport.LinkListener;
import io.procession.transport.TransportSite;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What only the transport in memory does; the rest is asked by the contracts in the TCK. */
@Guarded
class InMemoryTransportTest {
    private final TransportSite site = new TransportSite(Path.of("unused"), "test");

    @Test
    void theOtherSideOfAnAbandonedInstanceReceivesWhatWasWrittenAndThenTheEnd() throws Exception {
        InMemoryTransport hosting = new InMemoryTransport();
        InMemoryTransport dying = new InMemoryTransport();
        Recorder host = new Recorder();
        Recorder dead = new Recorder();
        try (LinkListener listener = hosting.listen(site, link -> host)) {
            Link link = dying.connect(listener.address(), site, dead, Duration.ofSeconds(10));
            link.send(ByteBuffer.allocate(8).putInt(0, 8));
            dying.abandon();
            host.closed.get(10, TimeUnit.SECONDS);
        }
        assertThat(host.sizes).containsExactly(8);
        assertThat(dead.closed).isNotDone();
    }

    @Test
    void abandonedListenersAreGone() {
        InMemoryTransport transport = new InMemoryTransport();
        LinkListener listener = transport.listen(site, link -> new Recorder());
        transport.abandon();
        assertThatIOException()
                .isThrownBy(() -> transport.connect(listener.address(), site, new Recorder(), Duration.ofSeconds(10)))
                .withMessageContaining(listener.address().toString());
    }

    private static final class Recorder implements LinkHandler {
        private final List<Integer> sizes = new ArrayList<>();
        private final CompletableFuture<Void> closed = new CompletableFuture<>();

        @Override
        public void onFrame(Link link, ByteBuffer frame) {
            sizes.add(frame.remaining());
        }

        @Override
        public void onWritten(Link link, long position) {}

        @Override
        public void onClosed(Link link, @Nullable Throwable cause) {
            closed.complete(null);
        }
    }
}
