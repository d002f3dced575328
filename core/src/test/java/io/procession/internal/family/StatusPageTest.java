package io.procession.internal.family;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StatusPageTest {
    @TempDir
    Path directory;

    private final long incarnation = Randomness.incarnation();
    private StatusPage page;

    @BeforeEach
    void make() throws IOException {
        assertThat(StatusPage.create(directory.toFile(), incarnation)).isTrue();
        page = StatusPage.open(directory.toFile(), new ProcessIdentity(incarnation, 4711, "worker"));
    }

    @Test
    void aFreshPageSaysNothing() throws IOException {
        try (StatusPageReader reader = StatusPageReader.open(directory, incarnation)) {
            assertThat(reader.state()).isEqualTo(StatusPage.State.MADE);
            assertThat(reader.saidGoodbye()).isFalse();
            assertThat(reader.goodbyeSignal()).isEmpty();
            assertThat(reader.lastWords()).isEmpty();
            assertThat(reader.task()).isZero();
            assertThat(reader.taskRuns()).isFalse();
        }
    }

    @Test
    void tellsTheTaskThatRunsAndItsItem() throws IOException {
        try (StatusPageReader reader = StatusPageReader.open(directory, incarnation)) {
            page.taskStarted(Long.MAX_VALUE);
            page.itemStarted(7);
            assertThat(reader.task()).isEqualTo(Long.MAX_VALUE);
            assertThat(reader.item()).isEqualTo(7);
            assertThat(reader.taskRuns()).isTrue();
            page.taskEnded();
            assertThat(reader.taskRuns()).isFalse();
            page.taskStarted(8);
            assertThat(reader.item()).isEqualTo(-1);
        }
    }

    @Test
    void whatIsHeldIsThereUntilItIsReleased() throws IOException {
        try (StatusPageReader reader = StatusPageReader.open(directory, incarnation)) {
            assertThat(reader.held().remaining()).isZero();
            page.hold(0, ByteBuffer.wrap(new byte[] {1, 2}));
            page.hold(2, ByteBuffer.wrap(new byte[] {3}));
            assertThat(reader.held()).isEqualTo(ByteBuffer.wrap(new byte[] {1, 2, 3}));
            page.releaseHeld();
            assertThat(reader.held().remaining()).isZero();
            page.hold(0, ByteBuffer.allocate(StatusPage.maxHeldBytes()));
            reader.freeze();
            assertThat(reader.held().remaining()).isEqualTo(StatusPage.maxHeldBytes());
        }
    }

    @Test
    void keepsTheSignalThatMadeItSayGoodbye() throws IOException {
        page.goodbye(15);
        try (StatusPageReader reader = StatusPageReader.open(directory, incarnation)) {
            assertThat(reader.saidGoodbye()).isTrue();
            assertThat(reader.goodbyeSignal()).hasValue(15);
        }
    }

    @Test
    void cutsLastWordsThatDoNotFit() throws IOException {
        page.lastWords("x".repeat(5000));
        try (StatusPageReader reader = StatusPageReader.open(directory, incarnation)) {
            assertThat(reader.lastWords()).isEqualTo("x".repeat(PageLayout.MAX_WORDS_BYTES));
            page.lastWords("größer als der Speicher");
            assertThat(reader.lastWords()).isEqualTo("größer als der Speicher");
        }
    }

    @Test
    void commitSlotsLieSideBySideAndSpillOverToFurtherPages() throws IOException {
        List<CommitSlots> all = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            CommitSlots slots = page.allocateCommitSlots(6);
            for (int word = 0; word < 6; word++) {
                slots.set(word, i * 10L + word);
            }
            all.add(slots);
        }
        try (StatusPageReader reader = StatusPageReader.open(directory, incarnation)) {
            for (int i = 0; i < 300; i++) {
                assertThat(reader.committed(all.get(i).index(), 6))
                        .containsExactly(i * 10L, i * 10L + 1, i * 10L + 2, i * 10L + 3, i * 10L + 4, i * 10L + 5);
            }
            int index = all.get(77).index();
            all.get(77).release();
            assertThat(reader.committed(index, 6)).containsOnly(0);
            assertThat(page.allocateCommitSlots(6).index()).isEqualTo(index);
        }
    }

    @Test
    void aReaderSurvivesTheDeletionOfThePages() throws IOException {
        CommitSlots slots = page.allocateCommitSlots(1);
        for (int i = 1; i < 300; i++) {
            slots = page.allocateCommitSlots(1);
        }
        slots.set(0, 299);
        StatusPageReader reader = StatusPageReader.open(directory, incarnation);
        reader.prepare(299);
        StatusPage.delete(directory, incarnation);
        assertThat(directory).isEmptyDirectory();
        assertThat(reader.committed(299, 1)).containsExactly(299);
        reader.freeze();
        assertThat(reader.committed(299, 1)).containsExactly(299);
        assertThat(reader.committed(255, 1)).containsExactly(0);
    }

    @Test
    void worksOnAnInterruptedThreadAndKeepsTheInterrupt() throws IOException {
        Thread.currentThread().interrupt();
        page.taskStarted(5);
        try (StatusPageReader reader = StatusPageReader.open(directory, incarnation)) {
            assertThat(reader.task()).isEqualTo(5);
        }
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void twoProcessesNeverShareAShortName() throws IOException {
        assertThat(StatusPage.create(directory.toFile(), incarnation)).isFalse();
    }

    @Test
    void aPageThatIsGoneIsAnError() throws IOException {
        Files.delete(StatusPage.path(directory, incarnation));
        assertThatThrownBy(() -> StatusPage.open(directory.toFile(), new ProcessIdentity(incarnation, 1, "late")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("is gone");
    }
}
