package io.procession.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.testkit.engine.EngineTestKit;

/** Leaves one of each behind and reads what the checker says. */
class LeakCheckerTest {
    @Test
    void aThreadIsNamedWithItsStack() {
        assertThat(complaintAbout(LeavesThread.class)).contains("thread \"forgotten\"", "LeakCheckerTest");
        LeavesThread.END.countDown();
    }

    @Test
    void aFileIsNamedAndItsDirectoryDeleted() {
        assertThat(complaintAbout(LeavesFile.class)).contains("file ", "forgotten.txt");
        assertThat(LeavesFile.DIRECTORY.get()).doesNotExist();
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void aDescriptorIsNamedWithWhatItLeadsTo() throws IOException {
        assertThat(complaintAbout(LeavesDescriptor.class)).contains("descriptor ", "forgotten-channel");
        LeavesDescriptor.CHANNEL.get().close();
        Files.delete(LeavesDescriptor.FILE.get());
    }

    @Test
    @EnabledOnOs({OS.LINUX, OS.MAC})
    void aProcessIsNamedWithItsCommand() throws Exception {
        assertThat(complaintAbout(LeavesProcess.class)).contains("process ", "sleep");
        LeavesProcess.CHILD.get().destroyForcibly().waitFor();
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void aGrandchildWhoseParentIsDeadIsFound() {
        assertThat(complaintAbout(LeavesOrphan.class)).contains("process ", "sleep");
        ProcessHandle.of(LeavesOrphan.PID.get()).orElseThrow().destroyForcibly();
    }

    @Test
    void whoCleansUpHearsNothing() {
        assertThat(failures(CleansUp.class)).isEmpty();
    }

    private static String complaintAbout(Class<?> testClass) {
        List<Throwable> failures = failures(testClass);
        assertThat(failures).hasSize(1);
        return failures.get(0).getMessage();
    }

    private static List<Throwable> failures(Class<?> testClass) {
        return EngineTestKit.engine("junit-jupiter")
                .selectors(selectClass(testClass))
                .execute()
                .allEvents()
                .finished()
                .failed()
                .map(event -> event.getRequiredPayload(TestExecutionResult.class)
                        .getThrowable()
                        .orElseThrow())
                .toList();
    }

    @Guarded(graceSeconds = 1)
    static class LeavesThread {
        static final CountDownLatch END = new CountDownLatch(1);

        @Test
        void starts() {
            new Thread(
                            () -> {
                                try {
                                    END.await();
                                } catch (InterruptedException e) {
                                    Thread.currentThread().interrupt();
                                }
                            },
                            "forgotten")
                    .start();
        }
    }

    @Guarded(graceSeconds = 1)
    static class LeavesFile {
        static final AtomicReference<Path> DIRECTORY = new AtomicReference<>();

        @Test
        void creates(TestDirectory directory) throws IOException {
            DIRECTORY.set(directory.path());
            Files.createFile(directory.fresh().resolve("forgotten.txt"));
        }
    }

    @Guarded(graceSeconds = 1)
    static class LeavesDescriptor {
        static final AtomicReference<Path> FILE = new AtomicReference<>();
        static final AtomicReference<FileChannel> CHANNEL = new AtomicReference<>();

        @Test
        void opens() throws IOException {
            FILE.set(Files.createTempFile("forgotten-channel", ""));
            CHANNEL.set(FileChannel.open(FILE.get(), StandardOpenOption.READ));
        }
    }

    @Guarded(graceSeconds = 1)
    static class LeavesProcess {
        static final AtomicReference<Process> CHILD = new AtomicReference<>();

        @Test
        void starts() throws IOException {
            CHILD.set(new ProcessBuilder("sleep", "1000")
                    .redirectOutput(Redirect.DISCARD)
                    .redirectError(Redirect.DISCARD)
                    .start());
        }
    }

    @Guarded(graceSeconds = 1)
    static class LeavesOrphan {
        static final AtomicReference<Long> PID = new AtomicReference<>();

        @Test
        void orphans() throws Exception {
            Process shell = new ProcessBuilder("sh", "-c", "sleep 1000 >/dev/null 2>&1 & echo $!").start();
            PID.set(Long.parseLong(shell.inputReader().readLine()));
            shell.waitFor();
        }
    }

    @Guarded
    static class CleansUp {
        @Test
        void cleans(TestDirectory directory) throws Exception {
            Path file = Files.createFile(directory.fresh().resolve("file"));
            Thread thread = new Thread(() -> {}, "short");
            thread.start();
            new ProcessBuilder("true").start().waitFor();
            thread.join();
            Files.delete(file);
        }
    }
}
