package io.procession.internal.codec;

import io.procession.codec.SerializationException;
import org.jspecify.annotations.Nullable;

/** Finds classes by name, for this thread. */
@SuppressWarnings("ReferenceEquality") // loaders are themselves
final class Classes {
    private static final Class<?>[] PRIMITIVES = {
        boolean.class, byte.class, short.class, char.class, int.class, long.class, float.class, double.class, void.class
    };

    private Classes() {}

    static ClassLoader currentLoader() {
        ClassLoader context = Thread.currentThread().getContextClassLoader();
        return context != null ? context : ClassLoader.getSystemClassLoader();
    }

    static Class<?> find(String name, ClassLoader loader) {
        Class<?> found = findOrNull(name, loader);
        if (found == null) {
            throw new SerializationException(
                    "",
                    "the class " + name + " is not found in process "
                            + ProcessHandle.current().pid() + " by its class loader " + nameOf(loader)
                            + "; it must be on the class path or module path of both processes",
                    new ClassNotFoundException(name));
        }
        return found;
    }

    static @Nullable Class<?> findOrNull(String name, ClassLoader loader) {
        try {
            return Class.forName(name, false, loader);
        } catch (ClassNotFoundException | LinkageError notThere) {
            return primitiveOrOwn(name, loader);
        }
    }

    /** The context loader of a thread may be any; the library's own sees at least what the library is used with. */
    private static @Nullable Class<?> primitiveOrOwn(String name, ClassLoader loader) {
        for (Class<?> primitive : PRIMITIVES) {
            if (primitive.getName().equals(name)) {
                return primitive;
            }
        }
        ClassLoader own = Classes.class.getClassLoader();
        if (loader == own) {
            return null;
        }
        try {
            return Class.forName(name, false, own);
        } catch (ClassNotFoundException | LinkageError notThere) {
            return null;
        }
    }

    static String nameOf(@Nullable ClassLoader loader) {
        if (loader == null) {
            return "'bootstrap'";
        }
        String name = loader.getName();
        return name != null ? "'" + name + "'" : loader.toString();
    }

    /** Whether the class belongs to the JDK. */
    static boolean isOfJdk(Class<?> type) {
        ClassLoader loader = type.getClassLoader();
        return loader == null || loader == ClassLoader.getPlatformClassLoader();
    }
}
