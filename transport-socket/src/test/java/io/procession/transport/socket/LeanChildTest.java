package io.procession.transport.socket;

import static org.assertj.core.api.Assertions.assertThat;

import io.procession.pool.Pool;
import io.procession.process.Process;
import io.procession.process.WorkerOptions;
import io.procession.queue.Queue;
import io.procession.tck.process.FamilyFirst;
import io.procession.testing.Guarded;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What a process loads that only connects, and one that holds a few links. */
@ExtendWith(FamilyFirst.class)
@Guarded(seconds = 120)
class LeanChildTest {
    @TempDir
    Path directory;

    @Test
    void aProcessThatUsesAQueueOfItsParentLoadsNoNetty() throws Exception {
        Path log = directory.resolve("process");
        try (Queue<String> queue = Queue.<String>builder().transport("socket").create()) {
            Process child = Process.builder().options(logged(log)).start(() -> queue.put("there"));
            child.join();
            assertThat(queue.take()).isEqualTo("there");
        }
        assertLean(log);
    }

    @Test
    void aWorkerLoadsNoNetty() throws Exception {
        Path log = directory.resolve("worker");
        try (Pool pool = Pool.builder()
                .workers(1)
                .transport("socket")
                .workerOptions(logged(log))
                .build()) {
            assertThat(pool.map(LeanChildTest::half, List.of(2, 4))).containsExactly(1, 2);
        }
        assertLean(log);
    }

    @Test
    void aProgramWithAPoolOfAFewLoadsNoNetty() throws Exception {
        Path log = directory.resolve("program");
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        int code = new ProcessBuilder(
                        java,
                        "-Xlog:class+load:file=" + log,
                        "-cp",
                        System.getProperty("java.class.path"),
                        QuietTest.Program.class.getName())
                .inheritIO()
                .start()
                .waitFor();
        assertThat(code).isZero();
        assertLean(log);
    }

    private static int half(int number) {
        return number / 2;
    }

    private static WorkerOptions logged(Path log) {
        return WorkerOptions.defaults().jvmArgs("-Xlog:class+load:file=" + log);
    }

    private static void assertLean(Path log) throws IOException {
        assertThat(Files.readAllLines(log))
                .anyMatch(line -> line.contains(NioWire.class.getName()))
                .noneMatch(line -> line.contains(" io.netty."));
    }
}
