package io.procession.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.procession.testing.Guarded;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of the children when a program ends in order. */
@Guarded
class ExitPolicyTest {
    @TempDir
    Path place;

    private Root start(Class<?> main, String... arguments) throws Exception {
        return Root.start(List.of("-Dprocession.directory=" + place, "-Dprocession.grace=300"), main, arguments);
    }

    static final class ReturnsFromMain {
        public static void main(String[] arguments) {
            Process.start(() -> System.out.println("child done after " + System.in.read()));
            Process.builder().daemon(true).start(Actions::sleepForEver);
            System.out.println("main done");
        }
    }

    @Test
    void theEndOfMainWaitsForChildrenThatAreNoDaemons() throws Exception {
        try (Root root = start(ReturnsFromMain.class)) {
            assertThat(root.exit()).isZero();
            assertThat(root.lines()).contains("main done", "child done after -1");
        }
        assertThat(place).isEmptyDirectory();
    }

    static final class ThrowsFromMain {
        public static void main(String[] arguments) {
            Process.start(() -> System.out.println("child done"));
            throw new IllegalStateException("on purpose");
        }
    }

    @Test
    void anExceptionInMainStillWaits() throws Exception {
        try (Root root = start(ThrowsFromMain.class)) {
            assertThat(root.exit()).isEqualTo(1);
            assertThat(root.lines()).contains("child done");
        }
    }

    static final class Exits {
        public static void main(String[] arguments) throws Exception {
            CountDownLatch asleep = new CountDownLatch(2);
            Process one = Process.builder()
                    .stdout(Stdio.lines(line -> asleep.countDown()))
                    .start(Actions::sleepForEver);
            Process two = Process.builder()
                    .stdout(Stdio.lines(line -> asleep.countDown()))
                    .daemon(true)
                    .start(Actions::hangInHook);
            asleep.await();
            System.out.println("one " + one.pid());
            System.out.println("two " + two.pid());
            if (arguments.length > 0) {
                System.exit(3);
            }
            new CountDownLatch(1).await();
        }
    }

    @Test
    void systemExitEndsAllChildrenWithinABound() throws Exception {
        try (Root root = start(Exits.class, "exit")) {
            ProcessHandle one = root.awaitPid("one ");
            ProcessHandle two = root.awaitPid("two ");
            assertThat(root.exit()).isEqualTo(3);
            assertThat(one.isAlive()).isFalse();
            assertThat(two.isAlive()).isFalse();
        }
        assertThat(place).isEmptyDirectory();
    }

    @Test
    void sigtermEndsAllChildrenWithinABound() throws Exception {
        try (Root root = start(Exits.class)) {
            ProcessHandle one = root.awaitPid("one ");
            ProcessHandle two = root.awaitPid("two ");
            root.signal("TERM");
            assertThat(root.exit()).isEqualTo(143);
            assertThat(one.isAlive()).isFalse();
            assertThat(two.isAlive()).isFalse();
        }
        assertThat(place).isEmptyDirectory();
    }

    @Test
    void sigintToTheWholeGroupIsDecidedByTheParent() throws Exception {
        try (Root root = start(HandlesInterrupt.class)) {
            ProcessHandle child = root.awaitPid("child ");
            new ProcessBuilder("kill", "-INT", Long.toString(child.pid()))
                    .start()
                    .waitFor();
            root.signal("INT");
            assertThat(root.exit()).isEqualTo(130);
            assertThat(root.lines()).contains("in the hook the child lives: true");
            assertThat(child.isAlive()).isFalse();
        }
    }

    static final class HandlesInterrupt {
        public static void main(String[] arguments) throws Exception {
            CountDownLatch ready = new CountDownLatch(1);
            Process child = Process.builder()
                    .stdout(Stdio.lines(line -> ready.countDown()))
                    .start(Actions::sleepWhenSigintIsIgnored);
            ready.await();
            Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                System.out.println("in the hook the child lives: " + child.isAlive());
                System.out.flush();
            }));
            System.out.println("child " + child.pid());
            new CountDownLatch(1).await();
        }
    }

    static final class StartsWhileExiting {
        public static void main(String[] arguments) throws Exception {
            Process.start(Actions::nothing).join();
            Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                PrintStream out = System.out;
                try {
                    while (true) {
                        Process.start(Actions::nothing).join(Duration.ofSeconds(30));
                    }
                } catch (IllegalStateException | InterruptedException e) {
                    out.println("refused: " + e.getMessage());
                }
            }));
        }
    }

    @Test
    void nothingStartsOnceTheProgramIsExiting() throws Exception {
        try (Root root = start(StartsWhileExiting.class)) {
            assertThat(root.exit()).isZero();
            assertThat(String.join("", root.lines())).contains("refused: this process is exiting");
        }
        assertThat(place).isEmptyDirectory();
    }
}
