package io.procession.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;
import static org.junit.platform.testkit.engine.EventConditions.event;
import static org.junit.platform.testkit.engine.EventConditions.finishedWithFailure;
import static org.junit.platform.testkit.engine.TestExecutionResultConditions.instanceOf;
import static org.junit.platform.testkit.engine.TestExecutionResultConditions.message;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Events;

/** Hangs on purpose and reads what the watchdog says. */
class WatchdogTest {
    @Test
    void aHangingTestFailsShowsTheStacksOfParentAndChildAndLosesItsChild() {
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        PrintStream stderr = System.err;
        Events tests;
        System.setErr(new PrintStream(said, true, StandardCharsets.UTF_8));
        try {
            tests = EngineTestKit.engine("junit-jupiter")
                    .selectors(selectClass(WaitsForEver.class))
                    .execute()
                    .testEvents();
        } finally {
            System.setErr(stderr);
        }
        tests.assertThatEvents()
                .haveExactly(
                        1,
                        event(finishedWithFailure(
                                instanceOf(AssertionError.class),
                                message(text ->
                                        text.contains("did not end within 3 s") && text.contains("killed: pids [")))));
        assertThat(said.toString(StandardCharsets.UTF_8))
                .contains("WaitsForEver.waitsForItsChild")
                .contains("WatchdogTest$SleepingChild.main");
    }

    @Test
    void aTestInTimeMeetsNothing() {
        EngineTestKit.engine("junit-jupiter")
                .selectors(selectClass(IsInTime.class))
                .execute()
                .testEvents()
                .assertStatistics(statistics -> statistics.succeeded(1).failed(0));
    }

    @Guarded(seconds = 3)
    static class WaitsForEver {
        @Test
        void waitsForItsChild() throws Exception {
            Process child = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-cp",
                            System.getProperty("java.class.path"),
                            SleepingChild.class.getName())
                    .redirectOutput(Redirect.DISCARD)
                    .redirectError(Redirect.DISCARD)
                    .start();
            child.waitFor();
            new CountDownLatch(1).await();
        }
    }

    @Guarded
    static class IsInTime {
        @Test
        void ends() {
            assertThat(Thread.currentThread().isInterrupted()).isFalse();
        }
    }

    static final class SleepingChild {
        private SleepingChild() {}

        public static void main(String[] arguments) throws InterruptedException {
            new CountDownLatch(1).await();
        }
    }
}
