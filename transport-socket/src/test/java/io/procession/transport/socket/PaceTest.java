package io.procession.transport.socket;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What kind of sender gets which treatment. */
class PaceTest {
    private static final long CLOSE = 3_000;
    private static final long APART = 60_000;

    private final Pace pace = new Pace();
    private long now = 1_000_000;

    private boolean next(long gap) {
        now += gap;
        return pace.writesHere(now);
    }

    /** How many of a row the sender writes itself. */
    private int row(int frames) {
        int here = next(APART) ? 1 : 0;
        for (int i = 1; i < frames; i++) {
            here += next(CLOSE) ? 1 : 0;
        }
        return here;
    }

    @Test
    void whoSendsNowAndThenWritesEachFrame() {
        for (int i = 0; i < 10_000; i++) {
            assertThat(next(APART)).isTrue();
        }
    }

    @Test
    void aRowWhoseFramesGatherIsHandedOverEarly() {
        assertThat(row(100)).isEqualTo(16);
        pace.found(50);
        assertThat(row(100)).isEqualTo(4);
    }

    @Test
    void whoWaitsForEachFrameIsHandedOverLessAndLess() {
        int last = 16;
        for (int i = 0; i < 10; i++) {
            int here = 0;
            now += APART;
            while (next(CLOSE)) {
                here++;
            }
            pace.found(1); // alone: its sender waited
            assertThat(here).isGreaterThanOrEqualTo(last);
            last = here;
        }
        assertThat(last).isGreaterThan(8_000);
    }

    @Test
    void aLinkThreadThatComesAgainAndAgainForNothingMuchGivesUp() {
        row(17);
        for (int i = 0; i < 16; i++) {
            pace.found(1);
        }
        assertThat(next(CLOSE)).isTrue();
    }
}
