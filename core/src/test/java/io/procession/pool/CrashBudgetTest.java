package io.procession.pool;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Deaths are counted within a window of time that goes on with them. */
class CrashBudgetTest {
    private static long seconds(long count) {
        return TimeUnit.SECONDS.toNanos(count);
    }

    @Test
    void oneMoreThanAllowedWithinTheWindowIsTooMany() {
        CrashBudget budget = new CrashBudget(3, Duration.ofSeconds(10));
        assertThat(budget.isSpentBy(seconds(1))).isFalse();
        assertThat(budget.isSpentBy(seconds(1))).isFalse();
        assertThat(budget.isSpentBy(seconds(10))).isFalse();
        assertThat(budget.isSpentBy(seconds(11))).isTrue();
    }

    @Test
    void deathsThatAreFarEnoughApartAreBorneForEver() {
        CrashBudget budget = new CrashBudget(2, Duration.ofSeconds(10));
        for (int i = 0; i < 1000; i++) {
            assertThat(budget.isSpentBy(seconds(6 * i))).as("death %d", i).isFalse();
        }
        assertThat(budget.isSpentBy(seconds(6 * 999 + 1))).isTrue();
    }

    @Test
    void theClockMayBeNegativeAndWrapAround() {
        CrashBudget budget = new CrashBudget(1, Duration.ofSeconds(10));
        assertThat(budget.isSpentBy(Long.MAX_VALUE - seconds(1))).isFalse();
        assertThat(budget.isSpentBy(Long.MIN_VALUE + seconds(20))).isFalse();
        assertThat(budget.isSpentBy(Long.MIN_VALUE + seconds(21))).isTrue();
    }

    @Test
    void whoSetsNoneBearsAll() {
        for (int i = 0; i < 1000; i++) {
            assertThat(CrashBudget.UNLIMITED.isSpentBy(i)).isFalse();
        }
    }
}
