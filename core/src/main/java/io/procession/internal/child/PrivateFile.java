package io.procession.internal.child;

import java.io.File;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;

/** Files with secrets in them: tokens, and the properties and environment that the user gives to a child. */
final class PrivateFile {
    private static final FileAttribute<?>[] OWNER_ONLY =
            FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
                    ? new FileAttribute<?>[] {
                        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                    }
                    : new FileAttribute<?>[0];

    private PrivateFile() {}

    /**
     * Makes a file of mode 0600, whatever the umask, that must not exist. Indifferent to interrupts, which a channel would not be.
     *
     * @throws IOException if there is one of that name, a dangling link included
     */
    static FileOutputStream create(File file) throws IOException {
        Files.createFile(file.toPath(), OWNER_ONLY);
        return new FileOutputStream(file);
    }
}
