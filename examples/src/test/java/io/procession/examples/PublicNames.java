package io.procession.examples;

import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds what pages name without a package: ours first, then the JDK's. */
final class PublicNames {
    private static final List<String> PACKAGES = List.of(
            "io.procession.process",
            "io.procession.pool",
            "io.procession.queue",
            "io.procession.task",
            "io.procession.codec",
            "io.procession.transport",
            "io.procession.transport.queue",
            "io.procession.transport.tck",
            "io.procession.tck.process",
            "io.procession.tck.pool",
            "io.procession.tck.queue",
            "io.procession.examples.lessons",
            "java.lang",
            "java.util",
            "java.util.concurrent",
            "java.time",
            "java.io",
            "java.nio",
            "java.nio.file",
            "java.nio.channels",
            "java.util.regex");

    private PublicNames() {}

    /** A public type, by its simple name, nested ones with a point. */
    static Optional<Class<?>> type(String name) {
        return PACKAGES.stream()
                .flatMap(home -> load(home + "." + name.replace('.', '$')).stream())
                .filter(type -> Modifier.isPublic(type.getModifiers()))
                .findFirst();
    }

    static boolean hasMember(Class<?> type, String name) {
        return Stream.of(
                        Arrays.stream(type.getMethods()).map(java.lang.reflect.Method::getName),
                        Arrays.stream(type.getFields()).map(java.lang.reflect.Field::getName),
                        Arrays.stream(type.getClasses()).map(Class::getSimpleName))
                .flatMap(names -> names)
                .anyMatch(name::equals);
    }

    private static Optional<Class<?>> load(String name) {
        try {
            return Optional.of(Class.forName(name, false, PublicNames.class.getClassLoader()));
        } catch (ClassNotFoundException | NoClassDefFoundError e) {
            return Optional.empty();
        }
    }
}
