package io.procession.internal.codec;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.MonthDay;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.Period;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;

/** The values of {@code java.time}: which one, then its fields. Months and days of the week are enums. */
final class TimeForm implements Form {
    private static final int INSTANT = 0;
    private static final int DURATION = 1;
    private static final int LOCAL_DATE = 2;
    private static final int LOCAL_TIME = 3;
    private static final int LOCAL_DATE_TIME = 4;
    private static final int ZONED_DATE_TIME = 5;
    private static final int OFFSET_DATE_TIME = 6;
    private static final int OFFSET_TIME = 7;
    private static final int ZONE_OFFSET = 8;
    private static final int ZONE_REGION = 9;
    private static final int PERIOD = 10;
    private static final int YEAR = 11;
    private static final int YEAR_MONTH = 12;
    private static final int MONTH_DAY = 13;

    private final int kind;

    TimeForm(Class<?> type) {
        kind = kindOf(type.getName());
    }

    static boolean serves(Class<?> type) {
        return kindOf(type.getName()) >= 0;
    }

    private static int kindOf(String type) {
        return switch (type) {
            case "java.time.Instant" -> INSTANT;
            case "java.time.Duration" -> DURATION;
            case "java.time.LocalDate" -> LOCAL_DATE;
            case "java.time.LocalTime" -> LOCAL_TIME;
            case "java.time.LocalDateTime" -> LOCAL_DATE_TIME;
            case "java.time.ZonedDateTime" -> ZONED_DATE_TIME;
            case "java.time.OffsetDateTime" -> OFFSET_DATE_TIME;
            case "java.time.OffsetTime" -> OFFSET_TIME;
            case "java.time.ZoneOffset" -> ZONE_OFFSET;
            case "java.time.ZoneRegion" -> ZONE_REGION;
            case "java.time.Period" -> PERIOD;
            case "java.time.Year" -> YEAR;
            case "java.time.YearMonth" -> YEAR_MONTH;
            case "java.time.MonthDay" -> MONTH_DAY;
            default -> -1;
        };
    }

    @Override
    public void write(Encoder out, Object value) {
        ByteSink sink = out.sink();
        sink.put(Tag.TIME);
        sink.put(kind);
        switch (kind) {
            case INSTANT -> writeSeconds(sink, ((Instant) value).getEpochSecond(), ((Instant) value).getNano());
            case DURATION -> writeSeconds(sink, ((Duration) value).toSeconds(), ((Duration) value).getNano());
            case LOCAL_DATE -> sink.putZigzag(((LocalDate) value).toEpochDay());
            case LOCAL_TIME -> sink.putVarlong(((LocalTime) value).toNanoOfDay());
            case LOCAL_DATE_TIME -> writeLocal(sink, (LocalDateTime) value);
            case ZONED_DATE_TIME -> {
                writeLocal(sink, ((ZonedDateTime) value).toLocalDateTime());
                writeOffset(sink, ((ZonedDateTime) value).getOffset());
                Text.write(sink, ((ZonedDateTime) value).getZone().getId());
            }
            case OFFSET_DATE_TIME -> {
                writeLocal(sink, ((OffsetDateTime) value).toLocalDateTime());
                writeOffset(sink, ((OffsetDateTime) value).getOffset());
            }
            case OFFSET_TIME -> {
                sink.putVarlong(((OffsetTime) value).toLocalTime().toNanoOfDay());
                writeOffset(sink, ((OffsetTime) value).getOffset());
            }
            case ZONE_OFFSET -> writeOffset(sink, (ZoneOffset) value);
            case ZONE_REGION -> Text.write(sink, ((ZoneId) value).getId());
            case PERIOD -> {
                sink.putZigzag(((Period) value).getYears());
                sink.putZigzag(((Period) value).getMonths());
                sink.putZigzag(((Period) value).getDays());
            }
            case YEAR -> sink.putZigzag(((Year) value).getValue());
            case YEAR_MONTH -> {
                sink.putZigzag(((YearMonth) value).getYear());
                sink.put(((YearMonth) value).getMonthValue());
            }
            case MONTH_DAY -> {
                sink.put(((MonthDay) value).getMonthValue());
                sink.put(((MonthDay) value).getDayOfMonth());
            }
            default -> throw new AssertionError(kind);
        }
    }

    private static void writeSeconds(ByteSink sink, long seconds, int nanos) {
        sink.putZigzag(seconds);
        sink.putVarint(nanos);
    }

    private static void writeLocal(ByteSink sink, LocalDateTime value) {
        sink.putZigzag(value.toLocalDate().toEpochDay());
        sink.putVarlong(value.toLocalTime().toNanoOfDay());
    }

    private static void writeOffset(ByteSink sink, ZoneOffset offset) {
        sink.putZigzag(offset.getTotalSeconds());
    }

    static Object read(Decoder in) {
        int kind = in.octet();
        try {
            return read(in, kind);
        } catch (DateTimeException | ArithmeticException outOfRange) {
            throw in.garbled("a time that is none: " + outOfRange.getMessage());
        }
    }

    private static Object read(Decoder in, int kind) {
        return switch (kind) {
            case INSTANT -> Instant.ofEpochSecond(in.zigzagLong(), in.varint());
            case DURATION -> Duration.ofSeconds(in.zigzagLong(), in.varint());
            case LOCAL_DATE -> LocalDate.ofEpochDay(in.zigzagLong());
            case LOCAL_TIME -> LocalTime.ofNanoOfDay(in.varlong());
            case LOCAL_DATE_TIME -> readLocal(in);
            case ZONED_DATE_TIME -> ZonedDateTime.ofInstant(readLocal(in), readOffset(in), ZoneId.of(Text.read(in)));
            case OFFSET_DATE_TIME -> OffsetDateTime.of(readLocal(in), readOffset(in));
            case OFFSET_TIME -> OffsetTime.of(LocalTime.ofNanoOfDay(in.varlong()), readOffset(in));
            case ZONE_OFFSET -> readOffset(in);
            case ZONE_REGION -> ZoneId.of(Text.read(in));
            case PERIOD -> Period.of(in.zigzag(), in.zigzag(), in.zigzag());
            case YEAR -> Year.of(in.zigzag());
            case YEAR_MONTH -> YearMonth.of(in.zigzag(), in.octet());
            case MONTH_DAY -> MonthDay.of(in.octet(), in.octet());
            default -> throw in.garbled("a time of the unknown kind " + kind);
        };
    }

    private static LocalDateTime readLocal(Decoder in) {
        return LocalDateTime.of(LocalDate.ofEpochDay(in.zigzagLong()), LocalTime.ofNanoOfDay(in.varlong()));
    }

    private static ZoneOffset readOffset(Decoder in) {
        return ZoneOffset.ofTotalSeconds(in.zigzag());
    }
}
