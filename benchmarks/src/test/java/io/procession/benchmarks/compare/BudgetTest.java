package io.procession.benchmarks.compare;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class BudgetTest {
    private static final Instant NOW = Instant.parse("2026-11-23T02:00:00Z");

    @Test
    void whatTheUserWantsCounts() {
        assertThat(Budget.of(300, "2026-11-23T01:00:00Z", NOW)).isEqualTo(Duration.ofSeconds(300));
    }

    @Test
    void whatTheCompilerTookIsNotMeasuredAnyMore() {
        assertThat(Budget.of(null, "2026-11-23T01:59:50Z", NOW)).isEqualTo(Duration.ofSeconds(100));
        assertThat(Budget.of(null, "2026-11-23T01:58:30Z", NOW)).isEqualTo(Duration.ofSeconds(78));
        assertThat(Budget.of(null, "2026-11-23T01:00:00Z", NOW)).isEqualTo(Duration.ofSeconds(30));
    }

    @Test
    void whereNobodyTellsTheTimeItIsNow() {
        assertThat(Budget.of(null, null, NOW)).isEqualTo(Duration.ofSeconds(100));
        assertThat(Budget.of(null, "${maven.build.timestamp}", NOW)).isEqualTo(Duration.ofSeconds(100));
    }
}
