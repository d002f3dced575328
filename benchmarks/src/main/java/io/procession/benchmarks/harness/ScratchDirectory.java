package io.procession.benchmarks.harness;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A directory for temporary files that is gone when it is closed, or when this JVM ends, also by Ctrl-C. */
public final class ScratchDirectory implements AutoCloseable {
    private final Path path;
    private final Thread hook;

    private ScratchDirectory(Path path) {
        this.path = path;
        this.hook = new Thread(this::deleteQuietly, "end of " + path);
    }

    /**
     * Makes one.
     *
     * @param prefix how its name begins
     * @throws IOException if it cannot be made
     */
    public static ScratchDirectory create(String prefix) throws IOException {
        return of(Files.createTempDirectory(prefix));
    }

    /** Makes one in another place than where temporary files are. */
    public static ScratchDirectory createIn(Path parent, String prefix) throws IOException {
        return of(Files.createTempDirectory(parent, prefix));
    }

    private static ScratchDirectory of(Path directory) {
        ScratchDirectory scratch = new ScratchDirectory(directory);
        Runtime.getRuntime().addShutdownHook(scratch.hook);
        return scratch;
    }

    /** Where it is. */
    public Path path() {
        return path;
    }

    @Override
    public void close() throws IOException {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException ending) {
            return; // the hook is at it
        }
        delete();
    }

    private void deleteQuietly() {
        try {
            delete();
        } catch (IOException e) {
            System.err.println("left behind: " + path + " (" + e + ")");
        }
    }

    private void delete() throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.walk(path)) {
            files = all.sorted(Comparator.reverseOrder()).toList();
        } catch (NoSuchFileException gone) {
            return;
        }
        for (Path file : files) {
            Files.deleteIfExists(file); // its owner may be at it, too
        }
    }
}
