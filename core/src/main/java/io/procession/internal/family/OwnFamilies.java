package io.procession.internal.family;

import java.io.File;

/**
 * The family directories of this JVM, kept in a system property: the only memory that two copies of this library in two class
 * loaders share. Neither may open the other's participants file, or closing it would take the other's locks away.
 */
final class OwnFamilies {
    private static final String PROPERTY = "io.procession.families";

    private OwnFamilies() {}

    static void add(File directory) {
        // Properties.merge is atomic, which a getProperty followed by a setProperty would not be.
        System.getProperties().merge(PROPERTY, directory.getPath(), OwnFamilies::join);
    }

    private static Object join(Object known, Object added) {
        return known + File.pathSeparator + added;
    }

    static boolean contains(File directory) {
        String known = System.getProperty(PROPERTY, "");
        return (File.pathSeparator + known + File.pathSeparator)
                .contains(File.pathSeparator + directory.getPath() + File.pathSeparator);
    }
}
