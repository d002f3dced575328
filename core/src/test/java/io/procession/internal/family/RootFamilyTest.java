package io.procession.internal.family;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermission;
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
        File dead = place.resolve(Sweep.FAMILY + "dead").toFile();
        Files.createDirectories(dead.toPath().resolve("inner"));
        Files.writeString(dead.toPath().resolve(Participants.FILE_NAME), "");
        Files.writeString(dead.toPath().resolve("inner").resolve("pipe"), "left");
        File halfDeleted = place.resolve(Sweep.FAMILY + "half").toFile();
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
    void sweepsWhatWasBegunAndNotFinished() throws IOException {
        Path empty = Files.createDirectory(place.resolve(Sweep.STAGING + "1"));
        Path unlocked = Files.createDirectory(place.resolve(Sweep.STAGING + "2"));
        Files.createFile(unlocked.resolve(Participants.FILE_NAME));
        Path probe = Files.createDirectory(place.resolve(Sweep.PROBE + "3"));
        Sweep.run(place.toFile());
        assertThat(empty).doesNotExist();
        assertThat(unlocked).doesNotExist();
        assertThat(probe).doesNotExist();
    }

    @Test
    void neverDeletesWhatAUserKeepsThere() throws IOException {
        Path directory = Files.createDirectory(place.resolve("functions"));
        Path file = Files.createFile(directory.resolve("mine.txt"));
        Path alike = Files.createDirectory(place.resolve(Sweep.FAMILY + "alike"));
        Path inside = Files.createFile(alike.resolve("mine.txt"));
        Path note = Files.createFile(place.resolve("notes.txt"));
        Sweep.run(place.toFile());
        assertThat(file).exists();
        assertThat(inside).exists();
        assertThat(note).exists();
    }

    @Test
    void aFamilyThatLostItsParticipantsFileToACleanerSaysSo() throws IOException {
        Family alive = RootFamily.create(place.toFile());
        Files.delete(alive.directory().resolve(Participants.FILE_NAME));
        Sweep.run(place.toFile());
        assertThat(StatusPage.path(alive.directory(), alive.self().incarnation()))
                .exists();
        // A child would make the file anew, and take its parent, whose lock is on the old one, for dead.
        assertThatThrownBy(alive::conceive).isInstanceOf(IOException.class).hasMessageContaining("has been deleted");
        assertThatThrownBy(() -> Participants.join(alive.directory().toFile(), 4711))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("is gone");
        assertThat(alive.directory().resolve(Participants.FILE_NAME)).doesNotExist();
    }

    @Test
    void eachStartMakesTheParticipantsFileYoungForCleaners() throws IOException {
        Family family = RootFamily.create(place.toFile());
        Path file = family.directory().resolve(Participants.FILE_NAME);
        Files.setLastModifiedTime(file, FileTime.fromMillis(0));
        family.conceive();
        assertThat(Files.getLastModifiedTime(file)).isGreaterThan(FileTime.fromMillis(0));
    }

    @Test
    void aRefreshMakesAllOfItsFilesYoung() throws IOException {
        Family family = RootFamily.create(place.toFile());
        Path page = StatusPage.path(family.directory(), family.self().incarnation());
        Files.setLastModifiedTime(page, FileTime.fromMillis(0));
        family.refresh();
        assertThat(Files.getLastModifiedTime(page)).isGreaterThan(FileTime.fromMillis(0));
    }

    /** Who opened and closed it in this JVM would drop its locks; a search through all files shall not. */
    @Test
    void theParticipantsFileCannotBeRead() throws IOException {
        Family family = RootFamily.create(place.toFile());
        Path file = family.directory().resolve(Participants.FILE_NAME);
        assertThat(Files.getPosixFilePermissions(file))
                .contains(PosixFilePermission.OWNER_WRITE)
                .doesNotContain(
                        PosixFilePermission.OWNER_READ,
                        PosixFilePermission.GROUP_READ,
                        PosixFilePermission.OTHERS_READ);
    }

    @Test
    void afterItsDirectoryWasDeletedItSaysSo() throws IOException {
        Family family = RootFamily.create(place.toFile());
        Sweep.delete(family.directory().toFile());
        assertThatThrownBy(family::conceive).isInstanceOf(IOException.class).hasMessageContaining("has been deleted");
    }
}
