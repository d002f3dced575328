package io.procession.transport.tck;

import static org.assertj.core.api.Assertions.assertThat;

import io.procession.transport.Link;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** The two counters: what {@code send} returns and what {@code written()} tells; and that the first is the order of arrival. */
abstract class PositionContract extends Contract {
    private static final int THREADS = 4;
    private static final int FRAMES_EACH = 2_000;

    PositionContract(TransportFixture fixture) {
        super(fixture);
    }

    @Test
    void positionsCountFromOneInEachDirection() throws Exception {
        Pair pair = room.pair();
        assertThat(pair.client().link().written()).isZero();
        for (Link link : List.of(pair.client().link(), pair.host().link())) {
            for (long expected = 1; expected <= 100; expected++) {
                assertThat(link.send(Frames.frame(expected, 100))).isEqualTo(expected);
            }
        }
        pair.client().awaitWritten(100);
        pair.host().awaitWritten(100);
        assertThat(pair.client().link().written()).isEqualTo(100);
    }

    @Test
    void writtenNeverGoesBackOrBeyondWhatWasSent() throws Exception {
        Pair pair = room.pair();
        Link link = pair.client().link();
        long before = 0;
        for (int i = 0; i < 2_000; i++) {
            long position = link.send(Frames.frame(i, 4_000));
            long written = link.written();
            assertThat(written).isBetween(before, position);
            before = written;
        }
        pair.client().awaitWritten(2_000);
    }

    @Test
    void framesOfManyThreadsArriveInTheOrderOfTheirPositions() throws Exception {
        Pair pair = room.pair();
        Link link = pair.client().link();
        ConcurrentMap<Long, Long> numberAt = new ConcurrentHashMap<>();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            long first = (long) i * FRAMES_EACH;
            threads.add(new Thread(() -> {
                for (long number = first; number < first + FRAMES_EACH; number++) {
                    int sizeBytes = (int) (12 + number * 37 % 3_000);
                    numberAt.put(link.send(Frames.frame(number, sizeBytes)), number);
                }
            }));
        }
        threads.forEach(Thread::start);
        for (Thread thread : threads) {
            thread.join();
        }
        int count = THREADS * FRAMES_EACH;
        List<Long> inOrderOfPosition = numberAt.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(Map.Entry::getValue)
                .toList();
        assertThat(numberAt.keySet())
                .containsExactlyInAnyOrderElementsOf(
                        LongStream.rangeClosed(1, count).boxed().toList());
        assertThat(pair.host().awaitNumbers(count)).isEqualTo(inOrderOfPosition);
    }

    @Test
    void framesOnAClosedLinkGetPositionsThatAreNeverReached() throws Exception {
        Pair pair = room.pair();
        Link link = pair.client().link();
        pair.client().awaitWritten(link.send(Frames.frame(1, 100)));
        link.close();
        assertThat(link.send(Frames.frame(2, 100))).isGreaterThan(1);
        pair.client().awaitClosed();
        long position = link.send(Frames.frame(3, 100));
        assertThat(position).isGreaterThan(1).isGreaterThan(link.written());
        assertThat(link.written()).isEqualTo(1);
        assertThat(pair.host().awaitClosed()).isEmpty();
        assertThat(pair.host().awaitNumbers(1)).containsExactly(1L);
    }

    @Test
    void whatTheAcceptorSendsArrivesFirst() throws Exception {
        Host host = room.host(End.Reaction.NONE, link -> link.send(Frames.frame(1, 100)));
        End client = room.connect(host.address());
        host.next().link().send(Frames.frame(2, 100));
        assertThat(client.awaitNumbers(2)).containsExactly(1L, 2L);
    }

    @Test
    void whatIsWrittenBeforeClosingArrivesBeforeTheEnd() throws Exception {
        Host host = room.host();
        for (int round = 1; round <= 20; round++) {
            End client = room.connect(host.address());
            for (int number = 0; number < round; number++) {
                client.link().send(Frames.frame(number, 1_000));
            }
            client.awaitWritten(round);
            client.link().close();
            End accepted = host.next();
            assertThat(accepted.awaitClosed()).isEmpty();
            assertThat(accepted.received()).hasSize(round);
        }
    }
}
