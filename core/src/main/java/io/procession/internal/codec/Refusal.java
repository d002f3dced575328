package io.procession.internal.codec;

import io.procession.codec.SerializationException;
import org.jspecify.annotations.Nullable;

/**
 * A value cannot be encoded. Gathers the path on its way up, so that the ways that succeed keep no account of where they are;
 * becomes a {@link SerializationException} at the top.
 */
final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1L;
    /** A path longer than this is of no use to a reader, and building it for a very deep value would cost time. */
    private static final int LONGEST_PATH = 2_000;

    private final String problem;

    /** Whether there is nothing to be said of how this very value could be sent, so that what can be done comes to where it is. */
    private final boolean hopeless;

    private final StringBuilder path = new StringBuilder();

    Refusal(String problem) {
        this(problem, null);
    }

    Refusal(String problem, @Nullable Throwable cause) {
        this(problem, cause, false);
    }

    private Refusal(String problem, @Nullable Throwable cause, boolean hopeless) {
        super(problem, cause, false, false);
        this.problem = problem;
        this.hopeless = hopeless;
    }

    /** Of a value that cannot be sent whatever is done. */
    static Refusal hopeless(String problem) {
        return new Refusal(problem, null, true);
    }

    Refusal under(String step) {
        if (path.length() < LONGEST_PATH) {
            path.insert(0, step);
        }
        return this;
    }

    Refusal underIndex(int index) {
        return under("[" + index + "]");
    }

    SerializationException toException(@Nullable Object root) {
        String way = path.length() == 0 ? "" : Names.ofRoot(root) + path;
        return new SerializationException(way, hopeless ? problem + Refusals.remedy(path) : problem, getCause());
    }
}
