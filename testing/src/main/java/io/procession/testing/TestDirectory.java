package io.procession.testing;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The private directory of a test class, mode 0700 and short enough for Unix-domain sockets. A constructor or method of a class under a
 * {@link LeakChecker} gets it as a parameter. The class leaves no file in it (empty directories are forgiven); the checker deletes it.
 *
 * @param path where it is
 */
public record TestDirectory(Path path) {
    private static final int LONGEST_PARENT = 40;

    static TestDirectory create() throws IOException {
        Path parent = Path.of(System.getProperty("java.io.tmpdir"));
        if (parent.toString().length() > LONGEST_PARENT) {
            parent = Path.of("/tmp");
        }
        return new TestDirectory(Files.createTempDirectory(parent, "p").toRealPath());
    }

    /**
     * Makes an empty directory inside, for one test.
     *
     * @return its path, mode 0700, at most three characters longer than {@link #path()} for the first hundred
     * @throws IOException if it cannot be made
     */
    public Path fresh() throws IOException {
        for (int number = 0; ; number++) {
            Path directory = path.resolve(Integer.toString(number));
            if (!Files.exists(directory)) {
                return Files.getFileStore(path).supportsFileAttributeView("posix")
                        ? Files.createDirectory(
                                directory,
                                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")))
                        : Files.createDirectory(directory);
            }
        }
    }

    /**
     * What is left inside.
     *
     * @return the paths of all files of any kind but directories
     * @throws IOException if it cannot be read
     */
    public List<Path> files() throws IOException {
        List<Path> files = new ArrayList<>();
        // A walk that forgives what vanishes meanwhile, which Files.walk does not.
        Files.walkFileTree(path, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                files.add(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException gone) {
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException gone) {
                return FileVisitResult.CONTINUE;
            }
        });
        return files;
    }

    void delete() throws IOException {
        try (Stream<Path> all = Files.walk(path)) {
            for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(each);
            }
        }
    }
}
