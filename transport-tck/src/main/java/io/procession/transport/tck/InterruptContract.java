package io.procession.transport.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.procession.transport.Link;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** An interrupt hurts nobody but who waits: channels of the JDK close when a thread in them is interrupted, links must not. */
abstract class InterruptContract extends Contract {
    InterruptContract(TransportFixture fixture) {
        super(fixture);
    }

    @AfterEach
    void noInterruptLeaves() {
        assertThat(Thread.interrupted()).isFalse();
    }

    @Test
    void allButConnectingWorksInAnInterruptedThreadAndKeepsItInterrupted() throws Exception {
        Pair pair = room.pair(End::echo);
        Link link = pair.client().link();
        for (int number = 1; number <= 100; number++) {
            Thread.currentThread().interrupt();
            assertThat(link.send(Frames.frame(number, 5_000))).isEqualTo(number);
            link.pause();
            link.resume();
            assertThat(Thread.interrupted()).as("still interrupted").isTrue();
        }
        assertThat(pair.client().awaitFrames(100)).hasSize(100);

        Thread.currentThread().interrupt();
        link.close();
        assertThat(Thread.interrupted()).isTrue();
        assertThat(pair.client().awaitClosed()).isEmpty();
        assertThat(pair.host().awaitClosed()).isEmpty();
    }

    @Test
    void aListenerOpensAndClosesInAnInterruptedThread() throws Exception {
        Thread.currentThread().interrupt();
        Host host = room.host(End::echo);
        assertThat(Thread.interrupted()).isTrue();
        assertServes(host);

        Thread.currentThread().interrupt();
        host.close();
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void connectingInAnInterruptedThreadIsInterrupted() throws Exception {
        Host host = room.host(End::echo);
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> room.connect(host.address())).isInstanceOf(InterruptedException.class);
        assertServes(host);
    }

    @Test
    void whoIsInterruptedWhileWaitingToBeAcceptedLeavesNothing() throws Exception {
        CountDownLatch accepting = new CountDownLatch(1);
        CountDownLatch open = new CountDownLatch(1);
        Host host = room.host(End::echo, link -> {
            accepting.countDown();
            waitFor(open);
        });
        CompletableFuture<Throwable> outcome = new CompletableFuture<>();
        Thread connecting = new Thread(() -> {
            try {
                room.connect(host.address());
                outcome.complete(new AssertionError("connected although nobody accepted"));
            } catch (Exception failure) {
                outcome.complete(failure);
            }
        });
        connecting.start();
        accepting.await();
        connecting.interrupt();
        assertThat(outcome.get(End.PATIENCE.toSeconds(), TimeUnit.SECONDS)).isInstanceOf(InterruptedException.class);
        open.countDown();
        assertThat(host.next().awaitClosed()).isEmpty();
        assertServes(host);
    }

    @Test
    void sendersThatAreInterruptedAllTheTimeLoseNothing() throws Exception {
        Pair pair = room.pair();
        int count = 20_000;
        List<Thread> senders = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            long first = (long) i * count;
            senders.add(new Thread(() -> {
                for (long number = first; number < first + count; number++) {
                    pair.client().link().send(Frames.frame(number, 700));
                }
            }));
        }
        senders.forEach(Thread::start);
        AtomicBoolean done = new AtomicBoolean();
        Thread interrupter = new Thread(() -> {
            while (!done.get()) {
                senders.forEach(Thread::interrupt);
                Thread.onSpinWait();
            }
        });
        interrupter.start();
        for (Thread sender : senders) {
            sender.join();
        }
        done.set(true);
        interrupter.join();
        List<Long> numbers = pair.host().awaitNumbers(2 * count);
        assertThat(numbers)
                .containsExactlyInAnyOrderElementsOf(
                        LongStream.range(0, 2L * count).boxed().toList());
        assertThat(numbers.stream().filter(number -> number < count)).isSorted();
        assertThat(numbers.stream().filter(number -> number >= count)).isSorted();
    }

    private void assertServes(Host host) throws Exception {
        End client = room.connect(host.address());
        client.link().send(Frames.frame(1, 100));
        assertThat(client.awaitNumbers(1)).containsExactly(1L);
    }

    private static void waitFor(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
