package io.procession.transport.shm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where memory lies, what is swept there, and what the errors say. */
class MemoryPlaceTest {
    private static final Geometry SMALL = new Geometry(16 << 10, 2, 0);

    @TempDir
    Path temporary;

    private Path memory;
    private Path family;

    @BeforeEach
    void places() throws IOException {
        memory = Files.createDirectory(temporary.resolve("memory"));
        family = Files.createDirectory(temporary.resolve("family")).toRealPath();
        System.setProperty(ShmSettings.DIRECTORY, memory.toString());
    }

    @AfterEach
    void noOptions() {
        System.clearProperty(ShmSettings.DIRECTORY);
    }

    @Test
    void theDirectoryOfAFamilyIsPrivateAndGoneWhenNobodyNeedsIt() throws Exception {
        MemoryPlace place = MemoryPlace.of(family, "site");
        LinkMemory link = place.createLink(SMALL, 1);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(place.directory())))
                .isEqualTo("rwx------");
        assertThat(place.directory()).startsWith(memory);
        place.removeIfEmpty();
        assertThat(place.directory()).as("with a file in it").exists();
        link.files().removeRings();
        place.removeIfEmpty();
        assertThat(place.directory()).doesNotExist();
        place.createLink(SMALL, 1).files().removeRings(); // comes back when it is needed
    }

    @Test
    void whatAFamilyLeftThatIsGoneIsSweptAndNothingElse() throws Exception {
        Path dead = Files.createDirectory(temporary.resolve("dead")).toRealPath();
        MemoryPlace ofDead = MemoryPlace.of(dead, "site");
        MemoryPlace ofLiving = MemoryPlace.of(family, "site");
        LinkMemory left = ofDead.createLink(SMALL, 1);
        LinkMemory living = ofLiving.createLink(SMALL, 1);
        String name = ofDead.directory().getFileName().toString();
        Path user = ofDead.directory().getParent();
        Path elsewhere = Files.createDirectory(user.resolve("0-1" + name.substring(name.indexOf('%'))));
        Path foreign = Files.createDirectory(user.resolve("mine"));
        MemorySweep.run(user);
        assertThat(left.files().rings()).as("of a family that lives").exists();

        Files.delete(dead);
        MemorySweep.run(user);
        assertThat(ofDead.directory()).doesNotExist();
        assertThat(living.files().rings()).exists();
        assertThat(elsewhere).as("of another view of the file system").exists();
        assertThat(foreign).exists();
    }

    @Test
    void aNameTellsItsFamilyWhateverItsPathContains() throws Exception {
        Path odd = Files.createDirectory(temporary.resolve("100%2F of it %")).toRealPath();
        String name = FamilyName.of(odd);
        assertThat(name).doesNotContain("/");
        assertThat(FamilyName.isGone(name)).isFalse();
        Files.delete(odd);
        assertThat(FamilyName.isGone(name)).isTrue();
        assertThat(FamilyName.of(
                        Path.of("/" + "long".repeat(80)).resolve("x").getRoot().resolve("tmp/" + "long".repeat(80))))
                .isNull();
    }

    @Test
    void withoutRoomTheErrorSaysWhereHowMuchAndWhatToChange() throws Exception {
        MemoryPlace place = MemoryPlace.of(family, "site");
        Files.createFile(place.directory()); // whatever makes a file there fail
        assertThatIOException()
                .isThrownBy(() -> place.createLink(SMALL, 1))
                .withMessageContaining(place.directory().toString())
                .withMessageContaining("36864 bytes")
                .withMessageContaining(ShmSettings.RING_BYTES)
                .withMessageContaining(ShmSettings.DIRECTORY);
    }

    @Test
    void aNamedDirectoryThatCannotBeUsedIsAnError() throws Exception {
        System.setProperty(ShmSettings.DIRECTORY, temporary.resolve("missing").toString());
        assertThatIOException()
                .isThrownBy(() -> MemoryPlace.of(family, "site"))
                .withMessageContaining(ShmSettings.DIRECTORY)
                .withMessageContaining("missing");
    }

    @Test
    void aDirectoryThatOthersCanEnterIsNotUsed() throws Exception {
        Path user = memory.resolve("procession-" + Files.getAttribute(family, "unix:uid"));
        Files.createDirectory(user);
        Files.setPosixFilePermissions(user, PosixFilePermissions.fromString("rwxr-xr-x"));
        assertThatIOException().isThrownBy(() -> MemoryPlace.of(family, "site"));
    }
}
