package io.procession.transport.shm.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.procession.testing.Guarded;
import io.procession.testing.TestDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A FIFO in which others ring. */
@Guarded
class InboxTest {
    private final Semaphore rings = new Semaphore(0);
    private Path path;

    @BeforeEach
    void place(TestDirectory directory) throws IOException {
        path = directory.fresh().resolve("inbox");
    }

    @Test
    void eachRingIsHeardAlsoThatOfAnInterruptedThread() throws Exception {
        Inbox inbox = Inbox.open(path, rings::release);
        try {
            assertThat(Inbox.ring(path)).isTrue();
            awaitRing();
            Thread.currentThread().interrupt();
            assertThat(Inbox.ring(path)).isTrue();
            assertThat(Thread.interrupted()).as("the interrupt stays").isTrue();
            awaitRing();
        } finally {
            Files.delete(path);
            inbox.close();
        }
    }

    @Test
    void whoRingsWhereNobodyListensIsToldAndMakesNothing() throws Exception {
        assertThat(Inbox.ring(path)).isFalse();
        assertThat(path).doesNotExist();
    }

    @Test
    void aPlainFileInItsPlaceIsNotRungAtAndDoesNotHinder() throws Exception {
        Files.createFile(path);
        assertThat(Inbox.ring(path)).isFalse();
        assertThat(path).isEmptyFile();
        Inbox inbox = Inbox.open(path, rings::release);
        try {
            assertThat(Inbox.ring(path)).isTrue();
            awaitRing();
        } finally {
            Files.delete(path);
            inbox.close();
        }
    }

    private void awaitRing() throws InterruptedException {
        assertThat(rings.tryAcquire(30, TimeUnit.SECONDS)).as("a ring").isTrue();
    }
}
