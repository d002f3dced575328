package io.procession.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProcessMemoryTest {
    @ParameterizedTest
    @CsvSource({"1, 1", "512m, 536870912", "2G, 2147483648", "3k, 3072", "1t, 1099511627776"})
    void sizesAreAsXmxTakesThem(String size, long bytes) {
        assertThat(ProcessMemory.parse(size)).isEqualTo(bytes);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0", "-1", "1.5g", "12 m", "m", "9999999999t", "99999999999999999999"})
    void othersAreRefusedByName(String size) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ProcessMemory.parse(size))
                .withMessageContaining("'" + size + "'");
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void aProcessHoldsMemoryAndADeadOneNone() {
        assertThat(ProcessMemory.residentBytes(ProcessHandle.current().pid())).isGreaterThan(1 << 20);
        assertThat(ProcessMemory.residentBytes(Long.MAX_VALUE)).isEqualTo(-1);
    }
}
