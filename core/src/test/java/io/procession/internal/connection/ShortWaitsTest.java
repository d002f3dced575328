package io.procession.internal.connection;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ShortWaitsTest {
    private static final long SHORT = 20_000;
    private static final long LONG = 5_000_000;

    @Test
    void isTriedWhileWaitsAreShort() {
        ShortWaits waits = new ShortWaits(true);
        assertThat(waits.worthTrying()).as("nothing is known yet").isFalse();
        waits.waited(SHORT);
        assertThat(waits.worthTrying()).isTrue();
        waits.tried(true);
        assertThat(waits.worthTrying()).isTrue();
        waits.waited(LONG);
        assertThat(waits.worthTrying()).isFalse();
        waits.waited(SHORT);
        assertThat(waits.worthTrying()).isTrue();
    }

    @Test
    void isNotTriedWhereThereIsOneCore() {
        ShortWaits waits = new ShortWaits(false);
        waits.waited(SHORT);
        assertThat(waits.worthTrying()).isFalse();
    }

    @Test
    void eachTryInVainDoublesTheTimeToTheNext() {
        ShortWaits waits = new ShortWaits(true);
        waits.waited(SHORT);
        for (int passed : new int[] {1, 3, 7, 15, 31, 63, 127, 255, 255, 255}) {
            waits.tried(false);
            for (int i = 0; i < passed; i++) {
                assertThat(waits.worthTrying()).isFalse();
            }
            assertThat(waits.worthTrying()).isTrue();
        }
        waits.tried(true);
        assertThat(waits.worthTrying()).as("one that was not in vain").isTrue();
    }

    @Test
    void aLinkMayRefuseOnceButNotTwice() {
        ShortWaits waits = new ShortWaits(true);
        waits.waited(SHORT);
        waits.refused();
        assertThat(waits.worthTrying()).isTrue();
        waits.refused();
        assertThat(waits.worthTrying()).isFalse();
        assertThat(waits.worthTrying()).isTrue();
        waits.tried(true);
        waits.refused();
        assertThat(waits.worthTrying()).as("the first after one that was let").isTrue();
    }
}
