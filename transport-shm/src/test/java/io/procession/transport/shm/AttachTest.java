package io.procession.transport.shm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import io.procession.transport.shm.memory.Words;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever a file says of itself, nothing in it is used before it was checked. */
class AttachTest {
    private static final Geometry GEOMETRY = new Geometry(16 << 10, 2, 0);

    @TempDir
    Path directory;

    private ByteBuffer create() throws IOException {
        return LinkMemory.create(file(), GEOMETRY, 42).memory();
    }

    private Path file() {
        return directory.resolve("link");
    }

    private void refused(String why) {
        assertThatIOException().isThrownBy(() -> LinkMemory.attach(file(), 42)).withMessageContaining(why);
        assertThat(file()).exists();
    }

    @Test
    void anHonestFileIsTakenAndIsOnlyForItsOwner() throws Exception {
        create();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
                .isEqualTo("rw-------");
        assertThat(LinkMemory.attach(file(), 42).geometry()).isEqualTo(GEOMETRY);
        assertThat(file()).doesNotExist();
    }

    @Test
    void anotherMarkOrVersionIsRefused() throws Exception {
        ByteBuffer memory = create();
        Words.setIntRelease(memory, LinkLayout.VERSION_AT, 2);
        refused("version 2");
        Words.setRelease(memory, LinkLayout.MAGIC_AT, 0);
        refused("is not the file of a link");
    }

    @Test
    void anotherFamilyIsRefused() throws Exception {
        Words.setRelease(create(), LinkLayout.FAMILY_AT, 43);
        refused("another family");
    }

    @Test
    void sizesThatCannotBeAreRefused() throws Exception {
        ByteBuffer memory = create();
        for (int ring : new int[] {0, -1, 4096, 12_345, 32 << 10, Integer.MIN_VALUE, 1 << 30}) {
            Words.setIntRelease(memory, LinkLayout.RING_BYTES_AT, ring);
            refused(ring == 32 << 10 ? "its header says" : "rings have " + ring + " bytes");
        }
        Words.setIntRelease(memory, LinkLayout.RING_BYTES_AT, GEOMETRY.ringBytes());
        for (int segments : new int[] {-1, 65, Integer.MAX_VALUE}) {
            Words.setIntRelease(memory, LinkLayout.SEGMENTS_AT, segments);
            refused(segments + " segments");
        }
        Words.setIntRelease(memory, LinkLayout.SEGMENTS_AT, GEOMETRY.segments());
        for (int reserved : new int[] {-1, GEOMETRY.segments() + 1, Integer.MAX_VALUE}) {
            Words.setIntRelease(memory, LinkLayout.RESERVED_AT, reserved);
            refused(reserved + " of them reserved");
        }
    }

    @Test
    void aFileThatIsShorterThanItSaysIsNeverMapped() throws Exception {
        create();
        try (RandomAccessFile open = new RandomAccessFile(file().toFile(), "rw")) {
            open.setLength(GEOMETRY.fileBytes() - 1);
        }
        refused("bytes, which no file of a link has");
        Files.write(file(), new byte[0]);
        refused("bytes, which no file of a link has");
    }

    @Test
    void aLinkInThePlaceOfAFileIsNotFollowed() throws Exception {
        create();
        Path target = Files.move(file(), directory.resolve("target"));
        Files.createSymbolicLink(file(), target);
        assertThatIOException().isThrownBy(() -> LinkMemory.attach(file(), 42));
    }
}
