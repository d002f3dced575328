package io.procession.internal.connection;

import java.nio.channels.spi.SelectorProvider;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The transports that a process has found. A child with the same class path has the same, so it is told: to look for providers opens each jar of the class
 * path, and whether sockets can be used is known only once the JDK's are loaded; both together take a fifth of the start of a worker. The JDK looks for
 * its selectors in the same way, so what it has found here is told, too.
 *
 * @param providers the names of their classes; never empty
 * @param usable the ids of those that can be used
 * @param selectors the class of the JDK's selector provider; empty if it is not known, or not the JDK's own
 */
public record KnownTransports(List<String> providers, List<String> usable, String selectors) {
    /** The JDK's own property: a class named by it is taken without a search. */
    private static final String SELECTORS = "java.nio.channels.spi.SelectorProvider";

    private static volatile @Nullable KnownTransports current;

    /** Those of this process, or of its parent until it has looked itself; null if neither has. */
    public static @Nullable KnownTransports current() {
        return current;
    }

    /** Tells those of the parent, before anything here asks. */
    public static void inherit(KnownTransports known) {
        current = known;
        if (!known.selectors.isEmpty() && System.getProperty(SELECTORS) == null) {
            System.setProperty(SELECTORS, known.selectors);
        }
    }

    /** The provider of a process that has opened a channel, so that to ask costs nothing. */
    static String selectorsInUse() {
        Class<?> provider = SelectorProvider.provider().getClass();
        return provider.getModule() == Object.class.getModule() ? provider.getName() : "";
    }

    /** Tells those that this process has found. */
    static void found(@Nullable KnownTransports known) {
        current = known;
    }
}
