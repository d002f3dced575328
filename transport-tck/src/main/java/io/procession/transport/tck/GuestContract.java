package io.procession.transport.tck;

import static org.assertj.core.api.Assertions.assertThat;

import io.procession.transport.Link;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/**
 * Threads that receive on a link themselves, {@link Link#receiveHere}: whether the link lets them or not, frames arrive as ever. That nobody but they and threads of the
 * transport call the handler, and never two at once, is watched by every {@link End}.
 */
abstract class GuestContract extends Contract {
    GuestContract(TransportFixture fixture) {
        super(fixture);
    }

    @Test
    void whoWaitsForEachAnswerMayReceiveItHimself() throws Exception {
        End client = room.pair(End::echo).client();
        for (int number = 0; number < 3_000; number++) {
            client.link().send(Frames.frame(number, number % 100 == 0 ? 20_000 : 40));
            if (!client.receiveHere(number + 1)) {
                client.awaitFrames(number + 1);
            }
        }
        assertThat(client.awaitNumbers(3_000)).isEqualTo(numbers(3_000));
    }

    @Test
    void bothSidesMayReceiveThemselves() throws Exception {
        Pair pair = room.pair(End::echo);
        AtomicBoolean done = new AtomicBoolean();
        Thread hosting = new Thread(() -> {
            while (!done.get()) {
                pair.host().receiveHere(Integer.MAX_VALUE);
            }
        });
        hosting.start();
        for (int number = 0; number < 3_000; number++) {
            pair.client().link().send(Frames.frame(number, 40));
            if (!pair.client().receiveHere(number + 1)) {
                pair.client().awaitFrames(number + 1);
            }
        }
        done.set(true);
        hosting.join();
        assertThat(pair.client().awaitNumbers(3_000)).isEqualTo(numbers(3_000));
    }

    @Test
    void guestsThatComeAndGoLoseNothing() throws Exception {
        Pair pair = room.pair();
        int count = 20_000;
        AtomicBoolean done = new AtomicBoolean();
        List<Thread> guests = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            guests.add(new Thread(() -> {
                while (!done.get()) {
                    pair.host().receiveHere(pair.host().count() + 1);
                }
            }));
        }
        guests.forEach(Thread::start);
        for (int number = 0; number < count; number++) {
            long position = pair.client().link().send(Frames.frame(number, number % 500 == 0 ? 30_000 : 60));
            if (number % 200 == 0) {
                pair.client().awaitWritten(position);
                pair.host().awaitFrames(number + 1);
            }
        }
        assertThat(pair.host().awaitNumbers(count)).isEqualTo(numbers(count));
        done.set(true);
        for (Thread guest : guests) {
            guest.join();
        }
    }

    @Test
    void whenTheLastGuestHasGoneFramesArriveWithoutOne() throws Exception {
        Pair pair = room.pair(End::echo);
        for (int round = 1; round <= 20; round++) {
            int before = pair.client().count();
            pair.client().link().send(Frames.frame(before, 40));
            pair.client().receiveHere(before + 1);
            pair.client().link().send(Frames.frame(before + 1, 40));
            pair.client().awaitFrames(before + 2);
        }
        assertThat(pair.client().awaitNumbers(40)).isEqualTo(numbers(40));
    }

    @Test
    void anInterruptDoesNotReachTheLink() throws Exception {
        Pair pair = room.pair(End::echo);
        for (int number = 0; number < 500; number++) {
            Thread.currentThread().interrupt();
            pair.client().link().send(Frames.frame(number, 40));
            pair.client().receiveHere(number + 1);
            assertThat(Thread.interrupted()).as("still interrupted").isTrue();
            pair.client().awaitFrames(number + 1);
        }
        assertThat(pair.client().closed()).isFalse();
    }

    @Test
    void whatAHandlerThrowsEndsTheLinkAndNotTheGuest() throws Exception {
        IllegalStateException defect = new IllegalStateException("defect");
        Pair pair = room.pair((end, link, frame) -> {
            if (frame.number() == 200) {
                throw defect;
            }
        });
        for (int number = 0; number <= 200; number++) {
            pair.client().awaitWritten(pair.client().link().send(Frames.frame(number, 40)));
            while (!pair.host().closed() && pair.host().count() <= number) {
                pair.host().receiveHere(number + 1);
            }
        }
        assertThat(pair.host().awaitClosed()).containsSame(defect);
        assertThat(pair.host().receiveHere(1000)).isFalse();
        assertThat(pair.client().awaitClosed()).isEmpty();
    }

    @Test
    void aHandlerMayPauseTheLinkBeforeAGuest() throws Exception {
        Pair pair = room.pair((end, link, frame) -> {
            if (frame.number() % 50 == 49) {
                link.pause();
            }
        });
        for (int number = 0; number < 1_000; number++) {
            pair.client().link().send(Frames.frame(number, 40));
        }
        for (int round = 1; round <= 20; round++) {
            while (pair.host().count() < 50 * round) {
                pair.host().receiveHere(50 * round);
            }
            pair.host().receiveHere(50 * round + 1);
            pair.host().link().resume();
        }
        assertThat(pair.host().awaitNumbers(1_000)).isEqualTo(numbers(1_000));
    }

    @Test
    void theEndIsToldThoughAGuestWaits() throws Exception {
        for (boolean atHost : new boolean[] {true, false}) {
            Pair pair = room.pair(End::echo);
            Thread guest = new Thread(() -> {
                while (!pair.client().closed()) {
                    pair.client().receiveHere(Integer.MAX_VALUE);
                }
            });
            guest.start();
            for (int number = 0; number < 100; number++) {
                pair.client().link().send(Frames.frame(number, 40));
                pair.client().awaitFrames(number + 1);
            }
            (atHost ? pair.host() : pair.client()).link().close();
            assertThat(pair.client().awaitClosed()).isEmpty();
            assertThat(pair.host().awaitClosed()).isEmpty();
            guest.join();
            assertThat(pair.client().receiveHere(Integer.MAX_VALUE)).isFalse();
        }
    }

    private static List<Long> numbers(int count) {
        return LongStream.range(0, count).boxed().toList();
    }
}
