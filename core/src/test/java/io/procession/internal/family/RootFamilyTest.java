package io.procession.internal.family;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RootFamilyTest {
    @TempDir
    Path place;

    @Test
    void aNewFamilyKnowsItself() throws IOException {
        Family family = RootFamily.create(place.toFile());
        assertThat(family.isRoot()).isTrue();
        assertThat(family.depth()).isZero();
        assertThat(family.self().pid()).isEqualTo(ProcessHandle.current().pid());
        assertThat(family.isAlive(family.self().incarnation())).isTrue();
        assertThat(family.isAlive(Randomness.incarnation())).isFalse();
        assertThat(family.site().name()).hasSizeLessThanOrEqualTo(8);
        assertThat(family.directory()).hasParent(place);
        assertThat(Files.exists(
                        StatusPage.path(family.directory(), family.self().incarnation())))
                .isTrue();
    }

    @Test
    void sweepsWhatADeadFamilyLeft() throws IOException {
        File dead = place.resolve("fdead").toFile();
        Files.createDirectories(dead.toPath().resolve("inner"));
        Files.writeString(dead.toPath().resolve(Participants.FILE_NAME), "");
        Files.writeString(dead.toPath().resolve("inner").resolve("pipe"), "left");
        File halfDeleted = place.resolve("fhalf").toFile();
        Files.createDirectory(halfDeleted.toPath());
        RootFamily.create(place.toFile());
        assertThat(dead).doesNotExist();
        assertThat(halfDeleted).doesNotExist();
    }

    @Test
    void leavesLivingFamiliesAndForeignFilesAlone() throws IOException {
        Family alive = RootFamily.create(place.toFile());
        Files.writeString(place.resolve("notes.txt"), "mine");
        RootFamily.create(place.toFile());
        assertThat(alive.directory()).isDirectory();
        assertThat(alive.directory().resolve(Participants.FILE_NAME)).exists();
        assertThat(place.resolve("notes.txt")).exists();
    }

    @Test
    void aStagingDirectoryIsSweptOnlyWhenItIsOld() throws IOException {
        Path fresh = Files.createDirectory(place.resolve("nfresh"));
        Path old = Files.createDirectory(place.resolve("nold"));
        assertThat(old.toFile().setLastModified(fresh.toFile().lastModified() - 3_600_000))
                .isTrue();
        Sweep.run(place.toFile(), fresh.toFile().lastModified());
        assertThat(fresh).exists();
        assertThat(old).doesNotExist();
    }

    @Test
    void afterItsDirectoryWasDeletedItSaysSo() throws IOException {
        Family family = RootFamily.create(place.toFile());
        Sweep.delete(family.directory().toFile());
        org.assertj.core.api.Assertions.assertThatThrownBy(family::conceive)
                .isInstanceOf(IOException.class)
                .hasMessageContaining("has been deleted");
    }
}
