package io.procession.examples.container;

import java.io.File;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** The class path of this test, copied where other users may read it, and a small tree for the demo to read. */
record Application(Path directory) {
    static Application copyTo(Path directory) throws IOException {
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
        int number = 0;
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            Path from = Path.of(entry);
            if (Files.exists(from)) {
                copy(from, directory.resolve(number++ + (Files.isDirectory(from) ? "" : ".jar")));
            }
        }
        Path tree = Files.createDirectory(directory.resolve("tree"));
        for (int i = 0; i < 20; i++) {
            Files.writeString(tree.resolve("file" + i), "content " + i);
        }
        open(directory);
        return new Application(directory);
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.walkFileTree(from, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) throws IOException {
                Files.createDirectories(to.resolve(from.relativize(folder).toString()));
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Path inside = from.relativize(file);
                Files.copy(file, inside.toString().isEmpty() ? to : to.resolve(inside.toString()));
                return FileVisitResult.CONTINUE;
            }
        });
    }

    private static void open(Path directory) throws IOException {
        Files.walkFileTree(directory, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) throws IOException {
                Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
                return FileVisitResult.CONTINUE;
            }
        });
    }

    /** The class path, where the copy is known as {@code root}. */
    String classPath(String root) throws IOException {
        try (var entries = Files.list(directory)) {
            return entries.map(entry -> entry.getFileName().toString())
                    .filter(name -> !name.equals("tree"))
                    .sorted()
                    .map(name -> root + "/" + name)
                    .collect(Collectors.joining(":"));
        }
    }

    /** The arguments of {@code java} that run the demo. */
    List<String> demo(String root) throws IOException {
        return new ArrayList<>(
                List.of("-Xmx128m", "-cp", classPath(root), "io.procession.examples.demo.Demo", root + "/tree"));
    }

    /** The arguments of {@code java} that run the smoke part of the suites. */
    List<String> smoke(String root) throws IOException {
        return new ArrayList<>(List.of("-Xmx128m", "-cp", classPath(root), Smoke.class.getName()));
    }

    /** The arguments of {@code java} that fill a memory file system and use it all the same. */
    List<String> fullMemory(String root) throws IOException {
        return new ArrayList<>(List.of(
                "-Xmx128m", "-Dprocession.shm.directory=/dev/shm", "-cp", classPath(root), FullMemory.class.getName()));
    }
}
