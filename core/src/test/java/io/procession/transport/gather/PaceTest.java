package io.procession.transport.gather;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What kind of sender gets which treatment. */
class PaceTest {
    private static final long CLOSE = 3_000;
    private static final long APART = 60_000;

    private final Pace pace = new Pace(32);
    private long now = 1_000_000;

    private boolean next(long gap) {
        now += gap;
        return pace.writesNow(now);
    }

    /** How many frames that follow each other closely are written one by one before the others gather. */
    private int row() {
        int alone = 0;
        while (next(CLOSE)) {
            alone++;
        }
        return alone;
    }

    private boolean tickAfter(int frames) {
        for (int i = 0; i < frames; i++) {
            pace.kept();
        }
        return pace.tick();
    }

    @Test
    void whoSendsNowAndThenWritesEachFrame() {
        for (int i = 0; i < 10_000; i++) {
            assertThat(next(APART)).isTrue();
        }
    }

    @Test
    void theFramesOfAFloodGatherUntilFewCome() {
        assertThat(row()).isEqualTo(16);
        assertThat(pace.gathers()).isTrue();
        assertThat(tickAfter(100)).isTrue();
        assertThat(tickAfter(100)).isTrue();
        assertThat(tickAfter(10)).isFalse();
        assertThat(pace.gathers()).isFalse();
        assertThat(row()).isEqualTo(15); // the next flood is known as early
    }

    @Test
    void aFloodOnABusyMachineIsInterruptedAndIsOneAllTheSame() {
        int alone = 0;
        while (next(alone % 10 == 9 ? APART : CLOSE)) {
            alone++;
        }
        assertThat(alone).isLessThan(100);
    }

    @Test
    void whoWaitsForEachFrameIsKeptWaitingLessAndLessOften() {
        int last = 0;
        for (int i = 0; i < 10; i++) {
            int alone = row();
            assertThat(alone).isGreaterThanOrEqualTo(last - 1);
            assertThat(tickAfter(1)).isFalse();
            last = alone;
        }
        assertThat(last).isEqualTo(1023);
    }
}
