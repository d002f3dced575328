package io.procession.transport.shm;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** How long is looked in vain: never for long, hardly at all while messages are rare, not at all with one core. */
class SpinBudgetTest {
    private static final long SHORT = 20_000;
    private static final long LONG = 5_000_000;

    private final SpinBudget several = new SpinBudget(true);
    private long now;

    private void sleep(SpinBudget budget, long nanos) {
        budget.fellAsleep(now);
        now += nanos;
        budget.woke(now);
    }

    @Test
    void whileTrafficFlowsItGrowsToSomeTensOfMicrosecondsAndNoFurther() {
        for (int i = 0; i < 100; i++) {
            sleep(several, SHORT);
            assertThat(several.nanos()).isBetween(1L, 50_000L);
        }
        assertThat(several.nanos()).isEqualTo(SpinBudget.MAX_NANOS);
    }

    @Test
    void whileMessagesAreRareItShrinksToNextToNothing() {
        for (int i = 0; i < 100; i++) {
            sleep(several, LONG);
        }
        assertThat(several.nanos()).isLessThanOrEqualTo(1_000);
        for (int i = 0; i < 10; i++) {
            sleep(several, SHORT); // and comes back with the traffic
        }
        assertThat(several.nanos()).isEqualTo(SpinBudget.MAX_NANOS);
    }

    @Test
    void withOneCoreNobodySpins() {
        SpinBudget single = new SpinBudget(false);
        assertThat(single.nanos()).isZero();
        for (int i = 0; i < 100; i++) {
            sleep(single, i % 2 == 0 ? SHORT : LONG);
            assertThat(single.nanos()).isZero();
        }
    }
}
