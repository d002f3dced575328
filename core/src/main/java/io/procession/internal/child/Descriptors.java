package io.procession.internal.child;

import java.io.Closeable;
import java.io.File;
import java.io.FileInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;

/**
 * Looks whether there are descriptors to be had before the JDK initialises its sockets. If it meets the want of them there, it has no sockets for good, and on some versions no
 * random numbers either; a class loader that cannot open a jar then does without it from now on. So who comes when the user has opened all he may waits until he has closed some.
 *
 * <p>To be made early: this class, too, is read from a file.
 */
final class Descriptors {
    /** What the first Unix-domain socket of a JVM opens at once, and some. */
    private static final int WANTED = 8;

    private static final File ANY = new File(File.separatorChar == '\\' ? "NUL" : "/dev/null");

    /**
     * Opens some and closes them.
     *
     * @throws IOException if they are not to be had now
     */
    void require() throws IOException {
        Closeable[] open = new Closeable[WANTED];
        try {
            for (int i = 0; i < WANTED; i++) {
                open[i] = new FileInputStream(ANY);
            }
        } catch (FileNotFoundException refused) {
            if (ANY.exists()) {
                throw refused;
            }
        } finally {
            for (Closeable each : open) {
                if (each != null) {
                    each.close();
                }
            }
        }
    }
}
