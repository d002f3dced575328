package io.procession.codec;

import org.jspecify.annotations.Nullable;

/**
 * Stands for a failure of another process whose own type could not travel: because it holds something that cannot be serialised, or
 * because its class is not known here. Carries what can be told of it as text.
 */
public final class RemoteFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** The class it had where it arose. */
    private final String originalType;
    /** The message it had there. */
    private final @Nullable String originalMessage;
    /** Why it came as text. */
    private final String reason;
    /** Its stack trace there, as printed. */
    private final String trace;

    /**
     * Creates it; for the codec.
     *
     * @param originalType the class name of the failure
     * @param originalMessage its message
     * @param reason why it could not travel
     * @param trace its stack trace, as {@link Throwable#printStackTrace()} prints it
     * @param cause its cause, as far as that could travel
     */
    public RemoteFailure(
            String originalType,
            @Nullable String originalMessage,
            String reason,
            String trace,
            @Nullable Throwable cause) {
        super(
                (originalMessage == null ? originalType : originalType + ": " + originalMessage) + " (carried as text: "
                        + reason + ")",
                cause);
        this.originalType = originalType;
        this.originalMessage = originalMessage;
        this.reason = reason;
        this.trace = trace;
    }

    /**
     * The class name of the failure.
     *
     * @return the name
     */
    public String originalType() {
        return originalType;
    }

    /**
     * The message of the failure.
     *
     * @return the message, or null if it had none
     */
    public @Nullable String originalMessage() {
        return originalMessage;
    }

    /**
     * Why the failure could not travel as what it was.
     *
     * @return one sentence
     */
    public String reason() {
        return reason;
    }

    /**
     * The stack trace as it was printed in the other process, causes included.
     *
     * @return several lines
     */
    public String trace() {
        return trace;
    }
}
