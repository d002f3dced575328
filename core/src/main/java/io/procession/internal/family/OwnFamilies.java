package io.procession.internal.family;

import java.io.File;
import java.util.Properties;

/**
 * The family directories of this JVM, kept in a system property: the only memory that two copies of this library in two class
 * loaders share. Neither may open the other's participants file, or closing it would take the other's locks away.
 */
final class OwnFamilies {
    private static final String PROPERTY = "io.procession.families";

    private OwnFamilies() {}

    static void add(File directory) {
        // Atomically, since the other copy of this class has another monitor; and without a lambda, of which a child
        // that
        // starts has loaded none.
        Properties properties = System.getProperties();
        boolean added = false;
        while (!added) {
            Object known = properties.putIfAbsent(PROPERTY, directory.getPath());
            added = known == null || properties.replace(PROPERTY, known, known + File.pathSeparator + directory);
        }
    }

    static boolean contains(File directory) {
        String known = System.getProperty(PROPERTY, "");
        return (File.pathSeparator + known + File.pathSeparator)
                .contains(File.pathSeparator + directory.getPath() + File.pathSeparator);
    }
}
