package io.procession.transport.socket;

import io.procession.transport.TransportSite;
import java.io.File;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The folder of a listener in the private directory. Who wants to connect leaves a pass in it and names it; the listener takes it out, whatever comes of it. So
 * that a pass is there proves that who named it may write here, and that its second half is known proves that who answers may read here; and each serves once.
 */
record PassFolder(Path directory) {
    private static final AtomicInteger NUMBER = new AtomicInteger();
    private static final int ATTEMPTS = 5;
    /** Left by one who died between leaving it and connecting: far beyond what any honest connect takes. */
    private static final Duration FORGOTTEN_AFTER = Duration.ofHours(1);

    private static final boolean POSIX =
            FileSystems.getDefault().supportedFileAttributeViews().contains("posix");

    static PassFolder create(TransportSite site) throws IOException {
        while (true) {
            Path directory = site.directory().resolve(site.name() + "-socket" + NUMBER.incrementAndGet());
            try {
                return new PassFolder(Files.createDirectory(directory, only("rwx------")));
            } catch (FileAlreadyExistsException e) {
                // Another copy of this class in the process counts for itself: the next number.
            }
        }
    }

    private static FileAttribute<?>[] only(String owner) {
        return POSIX
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(owner))}
                : new FileAttribute<?>[0];
    }

    String name() {
        return directory.getFileName().toString();
    }

    /** Where who connects with a pass keeps what is not written yet, until the host has opened and removed it. */
    Path sendMemory(Pass pass) {
        return directory.resolve(pass.name() + "-sent");
    }

    /** Leaves a pass. Indifferent to interrupts, which a channel would not be. */
    void leave(Pass pass) throws IOException {
        File file = directory.resolve(pass.name()).toFile();
        Files.createFile(file.toPath(), only("rw-------"));
        try (FileOutputStream output = new FileOutputStream(file)) {
            output.write(pass.tokens());
        } catch (IOException e) {
            takeBack(pass);
            throw e;
        }
    }

    /** Removes a pass that was not used. */
    void takeBack(Pass pass) {
        try {
            Files.deleteIfExists(directory.resolve(pass.name()));
            Files.deleteIfExists(sendMemory(pass));
        } catch (IOException e) {
            // It opens nothing: nobody else knows it, and it goes with the folder.
        }
    }

    /** Takes a pass out: among several who name it, one gets it. Null if there is none of that name. */
    @Nullable
    Pass redeem(byte[] id) {
        Path file = directory.resolve(Pass.name(id));
        byte[] tokens;
        try (InputStream input = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
            tokens = input.readNBytes(2 * Pass.TOKEN_BYTES + 1);
        } catch (IOException e) {
            return null;
        }
        try {
            Files.delete(file);
        } catch (IOException e) {
            return null;
        }
        return tokens.length == 2 * Pass.TOKEN_BYTES ? new Pass(id, tokens) : null;
    }

    /** Removes what the dead have left. */
    void sweep() {
        long before = System.currentTimeMillis() - FORGOTTEN_AFTER.toMillis();
        try (DirectoryStream<Path> passes = Files.newDirectoryStream(directory)) {
            for (Path pass : passes) {
                if (Files.getLastModifiedTime(pass).toMillis() < before) {
                    Files.deleteIfExists(pass);
                }
            }
        } catch (IOException e) {
            // The next time, or with the folder.
        }
    }

    /** Removes the folder with whatever is in it. */
    void delete() {
        for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
            try (DirectoryStream<Path> passes = Files.newDirectoryStream(directory)) {
                for (Path pass : passes) {
                    Files.deleteIfExists(pass);
                }
                Files.delete(directory);
                return;
            } catch (NoSuchFileException e) {
                return;
            } catch (IOException e) {
                // Somebody has just left a pass; he will not find the folder a second time. What stays in spite of all
                // lies in the
                // private directory and is swept with it.
            }
        }
    }
}
