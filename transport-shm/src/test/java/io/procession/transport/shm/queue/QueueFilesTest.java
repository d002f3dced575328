package io.procession.transport.shm.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.MappedByteBuffer;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Cells for which there is no room where the queue lies. */
class QueueFilesTest {
    private static final int BYTES = 8192;

    @TempDir
    Path directory;

    @TempDir
    Path overflow;

    private QueueFiles files;

    @BeforeEach
    void place() throws IOException {
        files = new QueueFiles(directory, overflow, "q");
        files.createHeader(BYTES);
    }

    @Test
    void cellsElsewhereAreFoundByTheirNameAndRemovedWithTheQueue() throws IOException {
        files.createCellsElsewhere(1, BYTES, "q.t1");
        assertThat(files.hasCells(1)).isTrue();
        MappedByteBuffer written = files.openCells(1, BYTES);
        written.put(BYTES - 1, (byte) 7);
        assertThat(files.openCells(1, BYTES).get(BYTES - 1)).isEqualTo((byte) 7);
        files.delete();
        assertThat(directory).isEmptyDirectory();
        assertThat(overflow).isEmptyDirectory();
    }

    @Test
    void whoFindsRoomAndWhoDoesNotAgreeAboutTheFileThatCameFirst() throws IOException {
        files.createCells(1, BYTES, 1);
        files.createCellsElsewhere(1, BYTES, "q.t2");
        assertThat(overflow).isEmptyDirectory();
        assertThat(directory.resolve("q.1")).isRegularFile();

        files.createCellsElsewhere(2, BYTES, "q.t3");
        files.openCells(2, BYTES).put(0, (byte) 7);
        files.createCells(2, BYTES, 1);
        assertThat(files.openCells(2, BYTES).get(0)).isEqualTo((byte) 7);
        assertThat(directory).isDirectoryNotContaining("glob:**.t*");
    }

    @Test
    void whoMakesCellsWhileTheQueueIsRemovedIsToldAndLeavesNothing() {
        files.delete();
        assertThatThrownBy(() -> files.createCells(1, BYTES, 1)).isInstanceOf(NoSuchFileException.class);
        assertThatThrownBy(() -> files.createCellsElsewhere(1, BYTES, "q.t1")).isInstanceOf(NoSuchFileException.class);
        assertThat(directory).isEmptyDirectory();
        assertThat(overflow).isEmptyDirectory();
    }
}
