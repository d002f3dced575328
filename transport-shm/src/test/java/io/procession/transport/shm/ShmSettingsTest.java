package io.procession.transport.shm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the options of the transport say, and what who gives a wrong one is told. Places are the matter of {@link MemoryPlaceTest}. */
class ShmSettingsTest {
    @AfterEach
    void noOptions() {
        Stream.of(
                        ShmSettings.RING_BYTES,
                        ShmSettings.SEGMENTS,
                        ShmSettings.RESERVED_SEGMENTS,
                        ShmSettings.QUEUE_SEGMENT_BYTES)
                .forEach(System::clearProperty);
    }

    @ParameterizedTest
    @CsvSource({
        "ringBytes,         0,          a power of two from 16384 to 67108864",
        "ringBytes,         -1,         a power of two from 16384 to 67108864",
        "ringBytes,         1000,       a power of two from 16384 to 67108864",
        "ringBytes,         8192,       a power of two from 16384 to 67108864",
        "ringBytes,         134217728,  a power of two from 16384 to 67108864",
        "ringBytes,         4295032832, a power of two from 16384 to 67108864", // 2^32 + 2^16
        "ringBytes,         many,       a whole number",
        "ringBytes,         1e6,        a whole number",
        "segments,          -1,         from 0 to 64",
        "segments,          65,         from 0 to 64",
        "segments,          some,       a whole number",
        "reservedSegments,  -1,         'from 0 to 8, which procession.shm.segments says'",
        "reservedSegments,  9,          'from 0 to 8, which procession.shm.segments says'",
        "reservedSegments,  all,        a whole number",
        "queueSegmentBytes, -1,         from 0 to 1073741824",
        "queueSegmentBytes, 1073741825, from 0 to 1073741824",
        "queueSegmentBytes, 16M,        a whole number",
        "queueSegmentBytes, 99999999999999999999, a whole number",
    })
    void aValueThatCannotBeIsRefusedWithWhatWasGivenAndWhatCanBe(String option, String value, String possible) {
        String property = "procession.shm." + option;
        System.setProperty(property, value);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> {
                    ShmSettings.geometry();
                    ShmSettings.queueSegmentBytes();
                })
                .withMessageStartingWith("the system property " + property + " must be " + possible + ", but is ")
                .withMessageContaining(value);
    }

    @Test
    void optionsSayTheSizes() {
        assertThat(ShmSettings.geometry()).isEqualTo(new Geometry(256 << 10, 8, 0));
        assertThat(ShmSettings.queueSegmentBytes()).isEqualTo(16 << 20);
        System.setProperty(ShmSettings.RING_BYTES, "65536");
        System.setProperty(ShmSettings.SEGMENTS, "3");
        System.setProperty(ShmSettings.RESERVED_SEGMENTS, " 3 ");
        System.setProperty(ShmSettings.QUEUE_SEGMENT_BYTES, "1073741824");
        assertThat(ShmSettings.geometry()).isEqualTo(new Geometry(64 << 10, 3, 3));
        assertThat(ShmSettings.queueSegmentBytes()).isEqualTo(1 << 30);
    }
}
