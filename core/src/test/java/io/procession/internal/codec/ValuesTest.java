package io.procession.internal.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.Month;
import java.time.MonthDay;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.Period;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.BitSet;
import java.util.Currency;
import java.util.Date;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ValuesTest {
    static Object[] plainValues() {
        return new Object[] {
            true,
            false,
            (byte) -7,
            (short) -30_000,
            'ß',
            Character.MAX_VALUE,
            0,
            -16,
            -17,
            111,
            112,
            Integer.MIN_VALUE,
            Integer.MAX_VALUE,
            0L,
            Long.MIN_VALUE,
            Long.MAX_VALUE,
            1.5f,
            Float.NaN,
            Math.PI,
            Double.NEGATIVE_INFINITY,
            -0.0,
            BigInteger.TWO.pow(300).negate(),
            BigInteger.ZERO,
            new BigDecimal("-12345678901234567890.123456789"),
            new BigDecimal("1E+100"),
            UUID.fromString("01234567-89ab-cdef-fedc-ba9876543210"),
            URI.create("https://example.org/a?b=c#d"),
            Path.of("a", "ü b", "c"),
            Path.of("/tmp/x"),
            Path.of(""),
            TimeUnit.HOURS,
            Month.MAY,
            DayOfWeek.SUNDAY,
            String.class,
            int.class,
            int[][].class,
            String[].class,
            Instant.MIN,
            Instant.parse("2026-11-22T10:15:30.123456789Z"),
            Duration.ofSeconds(-5, 999),
            LocalDate.MAX,
            LocalTime.of(23, 59, 59, 999_999_999),
            LocalDateTime.of(-5, 1, 2, 3, 4),
            ZonedDateTime.of(2026, 10, 25, 2, 30, 0, 0, ZoneId.of("Europe/Berlin"))
                    .withLaterOffsetAtOverlap(),
            OffsetDateTime.of(2020, 1, 1, 0, 0, 0, 1, ZoneOffset.ofHoursMinutes(-3, -30)),
            OffsetTime.of(1, 2, 3, 4, ZoneOffset.UTC),
            ZoneOffset.MAX,
            ZoneId.of("America/New_York"),
            Period.of(1, -2, 3),
            Year.of(-44),
            YearMonth.of(2026, 11),
            MonthDay.of(2, 29),
            Optional.empty(),
            Optional.of("x"),
            OptionalInt.empty(),
            OptionalInt.of(5),
            OptionalLong.of(1L << 40),
            OptionalLong.empty(),
            OptionalDouble.of(2.5),
            OptionalDouble.empty(),
            new Date(12345),
            Locale.GERMANY,
            Currency.getInstance("EUR"),
            InetAddress.getLoopbackAddress(),
            BitSet.valueOf(new long[] {5, 9}),
        };
    }

    @ParameterizedTest
    @MethodSource("plainValues")
    void arriveEqualAndOfTheSameClass(Object value) {
        Object arrived = RoundTrip.of(value);

        assertThat(arrived).isEqualTo(value).hasSameClassAs(value);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "a", "plain ASCII", "Grüße", "Ω≈ç√", "𝄞 and 日本", "half \uD834 a pair", "\uDD1E\uD834", "\0"
            })
    void textArrivesUnchanged(String text) {
        assertThat(RoundTrip.of(text)).isEqualTo(text);
    }

    @Test
    void longTextsArriveUnchanged() {
        String latin = "ä".repeat(3_000_000);
        String wide = "漢a".repeat(1_000_000);

        assertThat(RoundTrip.of(latin)).isEqualTo(latin);
        assertThat(RoundTrip.of(wide)).isEqualTo(wide);
    }

    @Test
    void nullIsAValue() {
        assertThat(RoundTrip.<Object>of(null)).isNull();
    }

    @Test
    void valuesOfTheJdkWithoutEqualsArrive() {
        assertThat(RoundTrip.of(new AtomicInteger(42))).hasValue(42);
        assertThat(RoundTrip.of(Pattern.compile("a+b", Pattern.CASE_INSENSITIVE))
                        .flags())
                .isEqualTo(Pattern.CASE_INSENSITIVE);
        assertThat(RoundTrip.of(new StringBuilder("text"))).hasToString("text");
    }

    @Test
    void smallIntegersTakeOneByte() {
        for (int i = -16; i <= 111; i++) {
            assertThat(RoundTrip.bytes(i)).hasSize(1);
            assertThat(RoundTrip.of(i)).isEqualTo(i);
        }
    }

    @Test
    void severalValuesMayFollowEachOther() {
        Codec codec = RoundTrip.CODEC;
        java.nio.ByteBuffer both = java.nio.ByteBuffer.allocate(64);
        both.put(codec.encode("first").joined())
                .put(codec.encode(2_000).joined())
                .flip();

        assertThat(codec.decode(both, new ShapeTable())).isEqualTo("first");
        assertThat(codec.decode(both, new ShapeTable())).isEqualTo(2_000);
        assertThat(both.hasRemaining()).isFalse();
    }
}
