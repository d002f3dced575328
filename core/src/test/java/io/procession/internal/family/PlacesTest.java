package io.procession.internal.family;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@DisabledOnOs(OS.WINDOWS)
class PlacesTest {
    @TempDir
    Path temporary;

    @Test
    void prefersTheRuntimeDirectoryOfTheUser() throws IOException {
        assertThat(Places.choose(null, temporary.toString(), "/nowhere").toPath())
                .isEqualTo(temporary.resolve("procession"));
        assertThat(Files.getPosixFilePermissions(temporary.resolve("procession")))
                .isEqualTo(PosixFilePermissions.fromString("rwx------"));
    }

    @Test
    void withoutARuntimeDirectoryItIsOneOfTheUserInTheTempFolder() throws IOException {
        assertThat(Places.choose(null, null, temporary.toString())).hasParent(temporary.toFile());
    }

    @Test
    void aTempFolderOfTwoHundredCharactersIsTooLong() throws IOException {
        Path deep = Files.createDirectories(temporary.resolve("x".repeat(200)));
        assertThat(Places.choose(null, null, deep.toString())).hasParent("/tmp");
        assertThat(deep).isEmptyDirectory();
    }

    @Test
    void aNamedDirectoryIsUsedOrTheProgramFails() throws IOException {
        assertThat(Places.choose(temporary.resolve("mine").toString(), null, "/tmp"))
                .isEqualTo(temporary.resolve("mine").toFile());
        Path open = Files.createDirectory(temporary.resolve("open"));
        Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxrwxrwx"));
        assertThatThrownBy(() -> Places.choose(open.toString(), null, "/tmp"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("others can write to it")
                .hasMessageContaining("-Dprocession.directory");
    }

    @Test
    void aPlaceWhoseNameWasMistypedIsNotMade() {
        Path missing = temporary.resolve("missing");
        assertThatThrownBy(() -> Places.choose(missing.resolve("mine").toString(), null, "/tmp"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("-Dprocession.directory=" + missing.resolve("mine"))
                .hasMessageContaining("does not exist");
        assertThatThrownBy(() -> Places.choose(null, null, missing.toString()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(missing + ", does not exist")
                .hasMessageContaining("-Djava.io.tmpdir");
        assertThat(missing).doesNotExist();
    }

    @Test
    void aSymbolicLinkPlantedBySomebodyIsRefused() throws IOException {
        Path target = Files.createDirectory(temporary.resolve("target"));
        Path link = Files.createSymbolicLink(temporary.resolve("link"), target);
        assertThatThrownBy(() -> Places.choose(link.toString(), null, null)).hasMessageContaining("is not a directory");
    }
}
