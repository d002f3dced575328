package io.procession.internal.child;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PrivateFileTest {
    @TempDir
    Path directory;

    @Test
    void argumentsAreForTheOwnerAloneEvenIfTheDirectoryIsNot() throws Exception {
        Path file = directory.resolve("arguments");
        ArgumentFile.write(file.toFile(), List.of("-Dpassword=secret"));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }

    @Test
    void aLinkThatSomebodyPutThereIsNotFollowed() throws Exception {
        Path target = directory.resolve("target");
        Path link = Files.createSymbolicLink(directory.resolve("link"), target);
        assertThatThrownBy(() -> ArgumentFile.write(link.toFile(), List.of("-Dpassword=secret")))
                .isInstanceOf(FileAlreadyExistsException.class);
        assertThat(target).doesNotExist();
    }

    @Test
    void anInterruptDoesNotPreventAStart() throws Exception {
        Thread.currentThread().interrupt();
        ArgumentFile.write(directory.resolve("arguments").toFile(), List.of("-ea"));
        assertThat(Thread.interrupted()).isTrue();
    }
}
