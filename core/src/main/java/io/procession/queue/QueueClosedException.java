package io.procession.queue;

/** A queue was used, or waited for, that has ended or was shut down. */
public final class QueueClosedException extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    /** How a queue can end for a process. */
    public enum Reason {
        /** Its owner closed it. */
        CLOSED_BY_OWNER,
        /** The process that owned it has ended. */
        OWNER_ENDED,
        /** This process, which does not own it, closed it for itself or is exiting. */
        CLOSED_HERE,
        /** The owner's process lives, but nothing answers there any more: most likely the queue was closed before this process first used it. */
        UNREACHABLE,
        /** The link to its owner broke although neither process ended. */
        LINK_BROKEN,
        /** It was {@linkplain Queue#shutdown shut down}: nothing more may be put, and nothing is left to be taken. The queue itself has not ended. */
        SHUT_DOWN
    }

    /** Why nothing can be done with the queue any more. */
    private final Reason reason;

    QueueClosedException(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    /**
     * How it ended.
     *
     * @return the reason, which the message gives in words
     */
    public Reason reason() {
        return reason;
    }
}
