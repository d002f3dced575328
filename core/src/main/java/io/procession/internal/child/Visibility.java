package io.procession.internal.child;

import io.procession.task.Action;
import java.io.File;
import java.io.IOException;
import java.lang.reflect.Modifier;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Refuses, before a JVM is started for it, what that JVM could not load. */
public final class Visibility {
    private Visibility() {}

    /**
     * Checks a function by the class it was written in.
     *
     * @param classPath that of the child; null if it is that of this JVM
     */
    public static void check(Action action, @Nullable List<Path> classPath) {
        Class<?> type = action.getClass();
        String name = type.getName();
        int lambda = name.indexOf("$$Lambda");
        check(lambda < 0 ? name : name.substring(0, lambda), type.getClassLoader(), codeSource(type), classPath);
    }

    /** Checks that this library itself is on the class path of this JVM. One that is given to a child gets the library added. */
    static void checkLibrary() {
        Class<?> own = ChildMain.class;
        check(own.getName(), own.getClassLoader(), codeSource(own), null);
    }

    /** Checks a main class. */
    public static void check(Class<?> main, @Nullable List<Path> classPath) {
        check(main.getName(), main.getClassLoader(), codeSource(main), classPath);
        try {
            if (Modifier.isStatic(main.getDeclaredMethod("main", String[].class).getModifiers())) {
                return;
            }
        } catch (NoSuchMethodException explainedBelow) {
            // the same as one that is not static
        }
        throw new IllegalArgumentException(main.getName() + " has no method 'static void main(String[])'");
    }

    private static void check(
            String className, @Nullable ClassLoader loader, String source, @Nullable List<Path> classPath) {
        boolean ofThePlatform = loader == null || loader.equals(ClassLoader.getPlatformClassLoader());
        if (ofThePlatform || isOn(className, loader, classPath)) {
            return;
        }
        String path = classPath == null ? System.getProperty("java.class.path", "") : join(classPath);
        throw new IllegalArgumentException(
                "the new process could not load " + className
                        + ": here it comes from the class loader " + describe(loader)
                        + " (" + source + "), but the class path of the process is '" + path
                        + "'. Put the jar or directory that holds the class on it: WorkerOptions.classPath(...). If there is none, since the program runs in"
                        + " jshell, from a source file or inside another program such as Maven (exec:java), compile it and run it by java (or exec:exec)");
    }

    private static boolean isOn(String className, @Nullable ClassLoader loader, @Nullable List<Path> classPath) {
        String resource = className.replace('.', '/') + ".class";
        if (classPath == null) {
            ClassLoader system = ClassLoader.getSystemClassLoader();
            return (system.equals(loader) && !className.contains("$$")) || system.getResource(resource) != null;
        }
        URL[] urls = new URL[classPath.size()];
        try (URLClassLoader child = new URLClassLoader(toUrls(classPath, urls), ClassLoader.getPlatformClassLoader())) {
            // In a named module the class comes by the module path, which the process has too.
            return child.getResource(resource) != null || isInModule(className);
        } catch (IOException e) {
            return true; // then the JVM of the process is to judge
        }
    }

    private static boolean isInModule(String className) {
        int end = className.lastIndexOf('.');
        String packageName = end < 0 ? "" : className.substring(0, end);
        return ModuleLayer.boot().modules().stream()
                .anyMatch(module -> module.getPackages().contains(packageName));
    }

    private static URL[] toUrls(List<Path> classPath, URL[] urls) throws MalformedURLException {
        for (int i = 0; i < urls.length; i++) {
            urls[i] = classPath.get(i).toUri().toURL();
        }
        return urls;
    }

    private static String codeSource(Class<?> type) {
        CodeSource source = type.getProtectionDomain().getCodeSource();
        return source == null || source.getLocation() == null ? "made in memory" : "from " + source.getLocation();
    }

    private static String describe(@Nullable ClassLoader loader) {
        String name = loader == null ? null : loader.getName();
        return name == null ? String.valueOf(loader) : "'" + name + "' (" + loader + ")";
    }

    private static String join(List<Path> classPath) {
        StringBuilder joined = new StringBuilder();
        for (Path entry : classPath) {
            joined.append(joined.length() == 0 ? "" : File.pathSeparator).append(entry);
        }
        return joined.toString();
    }
}
