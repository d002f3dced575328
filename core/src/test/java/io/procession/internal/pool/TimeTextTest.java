package io.procession.internal.pool;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimeTextTest {
    @ParameterizedTest
    @CsvSource({
        "PT0S, 0 s",
        "PT0.0000005S, 500 ns",
        "PT0.0000015S, 0.002 ms",
        "PT0.6S, 600 ms",
        "PT0.0125S, 12.5 ms",
        "PT1S, 1 s",
        "PT10S, 10 s",
        "PT1.5S, 1.5 s",
        "PT59.9994S, 59.999 s",
        "PT1M, 1 min",
        "PT2M30S, 2 min 30 s",
        "PT10M, 10 min",
        "PT1H, 1 h",
        "PT1H5M59S, 1 h 5 min",
        "P1D, 1 d",
        "P3DT4H, 3 d 4 h",
        "PT-0.001S, -1 ms",
        "PT-5S, -5 s"
    })
    void aTimeIsToldInUnitsThatPeopleUse(Duration time, String text) {
        assertThat(TimeText.of(time)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({"9223372036854775807", "-9223372036854775807"})
    void noTimeIsTooLong(long seconds) {
        assertThat(TimeText.of(Duration.ofSeconds(seconds))).contains("106751991167300 d");
    }
}
