package io.procession.internal.child;

import io.procession.transport.Transport;
import java.io.File;
import java.net.URISyntaxException;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.ServiceLoader;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The class path of a child, with nothing relative in it: the child may run in another directory. */
final class ClassPaths {
    private ClassPaths() {}

    /** That of this JVM as it stands now; empty if everything is on the module path. */
    static String inherited() {
        return absolute(System.getProperty("java.class.path", ""), true);
    }

    /** The given entries, and after them what this library itself needs. */
    static String chosen(List<Path> entries) {
        Set<String> path = new LinkedHashSet<>();
        for (Path entry : entries) {
            path.add(entry.toAbsolutePath().toString());
        }
        path.addAll(library());
        return String.join(File.pathSeparator, path);
    }

    static @Nullable String modulePath() {
        String path = System.getProperty("jdk.module.path");
        return path == null || path.isEmpty() ? null : absolute(path, false);
    }

    private static String absolute(String path, boolean emptyMeansHere) {
        if (path.isEmpty() && System.getProperty("jdk.module.path") != null) {
            return "";
        }
        StringBuilder absolute = new StringBuilder();
        for (String entry : path.split(File.pathSeparator, -1)) {
            if (!entry.isEmpty() || emptyMeansHere) {
                absolute.append(absolute.length() == 0 ? "" : File.pathSeparator)
                        .append(new File(entry).getAbsolutePath());
            }
        }
        return absolute.toString();
    }

    private static Set<String> library() {
        Set<String> places = new LinkedHashSet<>();
        add(places, ChildMain.class);
        add(places, org.slf4j.LoggerFactory.class);
        add(places, com.esotericsoftware.kryo.kryo5.Kryo.class);
        for (ServiceLoader.Provider<Transport> provider :
                ServiceLoader.load(Transport.class, ChildMain.class.getClassLoader()).stream()
                        .toList()) {
            add(places, provider.type());
        }
        return places;
    }

    private static void add(Set<String> places, Class<?> type) {
        CodeSource source = type.getProtectionDomain().getCodeSource();
        if (source != null && source.getLocation() != null && !type.getModule().isNamed()) {
            try {
                places.add(Path.of(source.getLocation().toURI()).toString());
            } catch (URISyntaxException | IllegalArgumentException | FileSystemNotFoundException notAFile) {
                // Nested in another archive: the child will miss it and say so.
            }
        }
    }
}
