package io.procession.pool;

import static org.assertj.core.api.Assertions.assertThat;

import io.procession.internal.child.CrashReport;
import io.procession.internal.child.Exit;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class DeathCauseTest {
    private static Exit exit(int code, String signal, CrashReport crash, String... stderr) {
        return new Exit(code, signal, true, "", List.of(stderr), crash, null);
    }

    private static CrashReport crash(String summary) {
        return new CrashReport(Path.of("hs_err_pid1.log"), summary);
    }

    @Test
    void exitsAreToldFromHalts() {
        assertThat(DeathCause.of(exit(3, null, null), true, false)).isEqualTo(DeathCause.EXIT);
        assertThat(DeathCause.of(exit(3, null, null), false, false)).isEqualTo(DeathCause.HALT);
    }

    @Test
    void theKernelsKillsAreToldFromOthers() {
        assertThat(DeathCause.of(exit(137, "SIGKILL", null), false, true)).isEqualTo(DeathCause.OOM_KILLER);
        assertThat(DeathCause.of(exit(137, "SIGKILL", null), false, false)).isEqualTo(DeathCause.KILLED);
        assertThat(DeathCause.of(exit(143, "SIGTERM", null), true, true)).isEqualTo(DeathCause.KILLED);
    }

    @Test
    void crashesAreKnownByReportOrSignal() {
        assertThat(DeathCause.of(exit(134, "SIGSEGV", crash("SIGSEGV (0xb) at pc=0x1")), false, false))
                .isEqualTo(DeathCause.NATIVE_CRASH);
        assertThat(DeathCause.of(exit(135, "SIGBUS", null), false, false)).isEqualTo(DeathCause.NATIVE_CRASH);
    }

    @Test
    void nativeStackOverflowsAreKnownByWhatTheJvmPrintsOrHasNoStackToPrintWith() {
        assertThat(DeathCause.of(exit(139, "SIGSEGV", null), false, false)).isEqualTo(DeathCause.STACK_OVERFLOW);
        Exit exit = exit(134, "SIGABRT", null, "An irrecoverable stack overflow has occurred.");
        assertThat(DeathCause.of(exit, false, false)).isEqualTo(DeathCause.STACK_OVERFLOW);
    }

    @Test
    void memoryIsKnownByReportOrText() {
        CrashReport report = crash("Native memory allocation (mmap) failed to map 65536 bytes");
        assertThat(DeathCause.of(exit(1, null, report), false, false)).isEqualTo(DeathCause.OUT_OF_MEMORY);
        Exit printed = exit(3, null, null, "Terminating due to java.lang.OutOfMemoryError: Java heap space");
        assertThat(DeathCause.of(printed, false, false)).isEqualTo(DeathCause.OUT_OF_MEMORY);
    }
}
