package io.procession.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.procession.internal.family.FamilyFirst;
import io.procession.testing.Eventually;
import io.procession.testing.Guarded;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** No child outlives a parent that was killed, whatever it is doing; and the next program clears up behind both. */
@ExtendWith(FamilyFirst.class)
@Guarded
class OrphanTest {
    /** A root with one child of each kind of reluctance. */
    static final class Parent {
        public static void main(String[] arguments) throws Exception {
            Process child = switch (arguments[0]) {
                case "asleep" -> Process.start(Actions::sleepForEver);
                case "busy" -> Process.start(Actions::spin);
                case "busy under the serial collector" ->
                    Process.builder().jvmArgs("-XX:+UseSerialGC").start(OrphanTest::nestedLoops);
                case "hanging in a shutdown hook" -> Process.start(OrphanTest::hangWhileExiting);
                case "a parent itself" -> Process.start(OrphanTest::nest);
                case "out of memory" -> Process.builder().maxHeap("24m").start(OrphanTest::hoard);
                default -> throw new AssertionError(arguments[0]);
            };
            System.out.println("child " + child.pid());
            child.join();
        }
    }

    static void nestedLoops() {
        System.out.println("busy");
        int sum = 0;
        for (int i = 0; i < Integer.MAX_VALUE; i++) {
            for (int j = 0; j < Integer.MAX_VALUE; j++) {
                sum += i ^ j;
            }
        }
        System.out.println(sum);
    }

    static void hangWhileExiting() {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            System.out.println("hanging");
            while (true) {
                Thread.onSpinWait();
            }
        }));
        System.exit(0);
    }

    /** Leaves no memory to any other thread of its process, and does not mind. */
    static void hoard() {
        Object[] chain = new Object[2];
        Object[] reserve = new Object[128 * 1024];
        try {
            while (true) {
                chain = new Object[] {chain, new byte[64 * 1024]};
            }
        } catch (OutOfMemoryError nearlyFull) {
            reserve[0] = null;
        }
        reserve = null;
        System.out.println("busy");
        while (true) {
            try {
                chain = new Object[] {chain, reserve};
            } catch (OutOfMemoryError full) {
                reserve = null;
            }
        }
    }

    static void nest() throws InterruptedException {
        Process inner = Process.start(Actions::hangInHook);
        System.out.println("inner " + inner.pid());
        inner.join();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "asleep",
                "busy",
                "busy under the serial collector",
                "hanging in a shutdown hook",
                "a parent itself",
                "out of memory"
            })
    void endsWithItsParent(String kind, @TempDir Path place) throws Exception {
        try (Root root = Root.start(List.of("-Dprocession.directory=" + place), Parent.class, kind)) {
            List<ProcessHandle> family = new ArrayList<>();
            family.add(root.awaitPid("child "));
            switch (kind) {
                case "asleep" -> root.await("asleep");
                case "hanging in a shutdown hook" -> root.await("hanging");
                case "a parent itself" -> {
                    family.add(root.awaitPid("inner "));
                    root.await("asleep");
                }
                case "out of memory" -> {
                    root.await("busy");
                    TimeUnit.MILLISECONDS.sleep(
                            500); // the moment, not a synchronisation: by now it is full to the brim
                }
                default -> root.await("busy");
            }
            root.kill();
            for (ProcessHandle each : family) {
                each.onExit().get(60, TimeUnit.SECONDS);
            }
        }
        assertThat(place).isNotEmptyDirectory();
        Root.start(List.of("-Dprocession.directory=" + place), Next.class).finish();
        assertThat(place).isEmptyDirectory();
    }

    /** Any later program of this user. */
    static final class Next {
        public static void main(String[] arguments) throws Exception {
            Process.start(Actions::nothing).join();
        }
    }

    /** Starts children without end. */
    static final class Starter {
        public static void main(String[] arguments) throws Exception {
            System.out.println("begin");
            for (int i = 0; i < 100; i++) {
                Process.builder().stderr(Stdio.inherit()).start(Actions::sleepForEver);
            }
            new CountDownLatch(1).await();
        }
    }

    @Test
    void killedAtAnyMomentOfAStart(@TempDir Path place) throws Exception {
        long seed = System.nanoTime();
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        for (int round = 0; round < 8; round++) {
            List<ProcessHandle> children;
            try (Root root = Root.start(List.of("-Dprocession.directory=" + place), Starter.class)) {
                root.await("begin");
                TimeUnit.MILLISECONDS.sleep(random.nextInt(600)); // the moment, not a synchronisation
                try (Stream<ProcessHandle> living =
                        ProcessHandle.of(root.pid()).orElseThrow().descendants()) {
                    children = living.toList();
                }
                root.kill();
                for (ProcessHandle child : children) {
                    child.onExit().get(60, TimeUnit.SECONDS);
                }
            }
        }
        // One that was started after the others were listed may still live, and find out a little later.
        Eventually.isEmpty("left behind", Duration.ofSeconds(60), () -> {
            Root.start(List.of("-Dprocession.directory=" + place), Next.class).finish();
            try (Stream<Path> left = Files.list(place)) {
                return left.toList();
            }
        });
    }
}
