package io.procession.internal.connection;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The transports that a process has found. A child with the same class path has the same, so it is told: to look for providers opens each jar of the class
 * path, and whether sockets can be used is known only once the JDK's are loaded; both together take a fifth of the start of a worker.
 *
 * @param providers the names of their classes; never empty
 * @param usable the ids of those that can be used
 */
public record KnownTransports(List<String> providers, List<String> usable) {
    private static volatile @Nullable KnownTransports current;

    /** Those of this process, or of its parent until it has looked itself; null if neither has. */
    public static @Nullable KnownTransports current() {
        return current;
    }

    /** Tells those of the parent, before anything here asks. */
    public static void inherit(KnownTransports known) {
        current = known;
    }

    /** Tells those that this process has found. */
    static void found(@Nullable KnownTransports known) {
        current = known;
    }
}
