package io.procession.transport.pipe;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.FileInputStream;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;

/** Ways to open a FIFO that never block. */
final class Fifo {
    private Fifo() {}

    /**
     * Opens for reading and writing. Whoever holds this is a writer, so its own reads never meet end of file.
     *
     * @return a channel whose blocked reads and writes end when it is closed
     */
    static FileChannel openBoth(Path path) throws IOException {
        return FileChannel.open(path, READ, WRITE);
    }

    /**
     * Opens for reading. The reads meet end of file when the last writer has gone, at once if there is none.
     *
     * @return a stream; blocked reads of its channel end when it is closed
     */
    static FileInputStream openReader(Path path) throws IOException {
        // The keeper is a writer for as long as the open takes, which would wait for one otherwise, for ever and deaf
        // to interrupts.
        FileChannel keeper = openBoth(path);
        try {
            return new FileInputStream(path.toFile());
        } finally {
            keeper.close();
        }
    }

    static boolean exists(Path path) throws IOException {
        return Files.exists(path, NOFOLLOW_LINKS)
                && Files.readAttributes(path, BasicFileAttributes.class, NOFOLLOW_LINKS)
                        .isOther();
    }
}
