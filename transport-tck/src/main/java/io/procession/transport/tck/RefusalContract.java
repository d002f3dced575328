package io.procession.transport.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.procession.transport.TransportAddress;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Connecting that comes to nothing: who is told what, and that nothing is left of it. */
abstract class RefusalContract extends Contract {
    RefusalContract(TransportFixture fixture) {
        super(fixture);
    }

    @Test
    void anAddressOfAnotherTransportIsRefused() {
        TransportAddress foreign = new TransportAddress("another", "somewhere");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> room.connect(foreign))
                .withMessageContaining("another");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "nonsense", "/", "../../../etc/passwd", "1", "127.0.0.1:1", "\0", "\ud83d\ude00"})
    void anAddressItNeverGaveIsNobodys(String value) {
        assertThatIOException()
                .isThrownBy(
                        () -> room.connect(new TransportAddress(room.transport().id(), value)));
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -1, Long.MIN_VALUE})
    void aTimeThatIsNotPositiveIsRefused(long seconds) throws Exception {
        Host host = room.host();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> room.connect(host.address(), End.Reaction.NONE, Duration.ofSeconds(seconds)))
                .withMessageContaining("must be positive, and is " + seconds + " s");
    }

    @Test
    void anAcceptorThatThrowsRefusesTheLinkAndTheListenerGoesOn() throws Exception {
        AtomicBoolean refuse = new AtomicBoolean(true);
        Host host = room.host(End::echo, link -> {
            if (refuse.get()) {
                throw new IllegalStateException("not today");
            }
        });
        assertThatIOException().isThrownBy(() -> room.connect(host.address()));
        refuse.set(false);
        assertServes(host);
    }

    @Test
    void anAcceptorThatClosesTheLinkEndsIt() throws Exception {
        Host host = room.host(End.Reaction.NONE, link -> link.close());
        try {
            assertThat(room.connect(host.address()).awaitClosed()).isEmpty();
        } catch (IOException alsoRight) {
            assertThat(alsoRight).hasMessageContaining(host.address().value());
        }
        assertThat(host.next().awaitClosed()).isEmpty();
    }

    @Test
    void whoIsNotAcceptedInTimeGivesUpAndLeavesNothing() throws Exception {
        CountDownLatch open = new CountDownLatch(1);
        Host host = room.host(End::echo, link -> waitFor(open));
        assertThatExceptionOfType(TimeoutException.class)
                .isThrownBy(() -> room.connect(host.address(), End.Reaction.NONE, Duration.ofMillis(100)));
        open.countDown();
        assertServes(host);
    }

    @Test
    void whoWaitsToBeAcceptedIsRefusedWhenTheListenerCloses() throws Exception {
        CountDownLatch entered = new CountDownLatch(1);
        CountDownLatch open = new CountDownLatch(1);
        Host host = room.host(End::echo, link -> {
            entered.countDown();
            waitFor(open);
        });
        CompletableFuture<End> first = connecting(host);
        entered.await();
        CompletableFuture<End> second = connecting(host);
        host.close();
        open.countDown();
        // The first was being accepted, so it may still get through; the second had no chance to.
        first.handle((end, failure) -> failure).get(End.PATIENCE.toSeconds(), TimeUnit.SECONDS);
        assertThatExceptionOfType(ExecutionException.class)
                .isThrownBy(() -> second.get(End.PATIENCE.toSeconds(), TimeUnit.SECONDS))
                .withCauseInstanceOf(IOException.class);
    }

    private CompletableFuture<End> connecting(Host host) {
        CompletableFuture<End> connected = new CompletableFuture<>();
        Thread thread = new Thread(() -> {
            try {
                connected.complete(room.connect(host.address()));
            } catch (Exception failure) {
                connected.completeExceptionally(failure);
            }
        });
        thread.start();
        return connected;
    }

    /** The next client is served, and links that came to nothing before it have ended. */
    private void assertServes(Host host) throws Exception {
        End client = room.connect(host.address());
        client.link().send(Frames.frame(1, 100));
        assertThat(client.awaitNumbers(1)).containsExactly(1L);
        int nothing = host.all().size() - 1;
        assertThat(host.all().get(nothing).closed()).isFalse();
        for (End end : host.all().subList(0, nothing)) {
            assertThat(end.awaitClosed()).isEmpty();
        }
    }

    private static void waitFor(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
