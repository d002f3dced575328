package io.procession.transport.guest;

import static org.assertj.core.api.Assertions.assertThat;

import io.procession.testing.Guarded;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

@Guarded(seconds = 60)
class ReadingTurnTest {
    private final ReadingTurn turn = new ReadingTurn();

    /** Has another thread offer the turn until a guest, this thread, has it. */
    private CompletableFuture<Boolean> enter() {
        while (true) {
            assertThat(turn.enter()).isFalse(); // which is the wish
            CompletableFuture<Boolean> offered = new CompletableFuture<>();
            Thread reader = new Thread(() -> offered.complete(turn.offer() || turn.offer())); // it may owe a read
            reader.start();
            while (!offered.isDone()) {
                if (turn.enter()) {
                    return offered;
                }
            }
        }
    }

    private static void assertBack(CompletableFuture<Boolean> offered) throws Exception {
        assertThat(offered.get(30, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void nobodyWhoHasNoWishIsOfferedAnything() {
        assertThat(turn.offer()).isFalse();
    }

    @Test
    void whenNoGuestComesAnyMoreTheTurnIsTheReadersAgain() throws Exception {
        CompletableFuture<Boolean> offered = enter();
        turn.leave(false);
        assertBack(offered);
        assertThat(turn.enter()).isFalse();
    }

    @Test
    void aGuestGivesTheTurnBack() throws Exception {
        CompletableFuture<Boolean> offered = enter();
        turn.leave(true);
        assertThat(turn.enter()).isFalse();
        assertBack(offered);
    }

    @Test
    void whoExpectsAnAnswerCallsTheReaderBackFromItsNap() throws Exception {
        CompletableFuture<Boolean> offered = enter();
        turn.leave(false);
        turn.recall();
        assertThat(turn.enter()).isFalse();
        assertBack(offered);
    }

    @Test
    void whoExpectsAnAnswerWhileAGuestReadsCallsTheReaderBackWhenItLeaves() throws Exception {
        CompletableFuture<Boolean> offered = enter();
        turn.recall();
        turn.leave(false);
        assertThat(turn.enter()).isFalse();
        assertBack(offered);
    }

    @Test
    void betweenTwoOffersTheReaderReads() throws Exception {
        CompletableFuture<Boolean> offered = enter();
        turn.leave(true);
        assertBack(offered);
        assertThat(turn.enter()).isFalse();
        assertThat(turn.offer()).as("the read that it owes").isFalse();
        assertThat(turn.offer()).as("the wish of the one that came too early").isTrue();
    }
}
