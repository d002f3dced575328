package io.procession.codec;

/**
 * Where a failure came from in another process: its stack trace there, as text, at the end of the chain of causes.
 *
 * <p>A failure that came from another process keeps its type, its fields and its stack trace elements. This one is added so that a
 * log shows in which process and thread it happened.
 */
public final class RemoteTrace extends Exception {
    private static final long serialVersionUID = 1L;

    /** The process and thread. */
    private final String origin;
    /** The stack trace there, as printed. */
    private final String trace;

    /**
     * Creates it; for the codec.
     *
     * @param origin process and thread
     * @param trace the stack trace, as {@link Throwable#printStackTrace()} prints it
     */
    public RemoteTrace(String origin, String trace) {
        super("in " + origin + System.lineSeparator() + trace, null, false, false);
        this.origin = origin;
        this.trace = trace;
    }

    /**
     * Process and thread in which it happened.
     *
     * @return for instance {@code process 4711, thread main}
     */
    public String origin() {
        return origin;
    }

    /**
     * The stack trace as it was printed there.
     *
     * @return several lines
     */
    public String trace() {
        return trace;
    }
}
