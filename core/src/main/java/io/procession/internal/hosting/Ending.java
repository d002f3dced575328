package io.procession.internal.hosting;

import io.procession.internal.connection.Peer;
import io.procession.transport.TransportAddress;
import java.io.IOException;

/**
 * Why a hosted object cannot be used any more.
 *
 * @param reason what kind of end
 * @param text what to tell the user, one sentence without its subject, such as {@code was closed by its owner}
 */
public record Ending(Reason reason, String text) {
    /** The kinds of ends. */
    public enum Reason {
        /** Its owner closed it. */
        CLOSED_BY_OWNER,
        /** Its host process has ended. */
        HOST_ENDED,
        /** This process closed its own view of it. */
        CLOSED_HERE,
        /** This process is exiting, and has closed its connections. */
        EXITING,
        /** Its host lives, but nothing answers there: most likely the object was closed. Another try may find it. */
        UNREACHABLE,
        /** The link to its host broke although neither process ended. */
        LINK_BROKEN,
        /** Somebody said that nothing more shall go through it; what has a state beyond that still tells it. */
        SHUT_DOWN;

        /**
         * Whether the host goes on without this process, and may give to others what it had not taken for good.
         *
         * @return true if nothing may be committed any more
         */
        public boolean mayGoToOthers() {
            return this == EXITING || this == LINK_BROKEN;
        }
    }

    /** The owner's close. */
    public static final Ending CLOSED_BY_OWNER = new Ending(Reason.CLOSED_BY_OWNER, "was closed by its owner");

    /** The close of this process's own view. */
    public static final Ending CLOSED_HERE = new Ending(Reason.CLOSED_HERE, "was closed in this process");

    /** The end of what goes through an object, not of the object. */
    public static final Ending SHUT_DOWN = new Ending(Reason.SHUT_DOWN, "was shut down");

    static final Ending EXITING = new Ending(Reason.EXITING, "cannot be used any more: this process is exiting");

    static Ending hostEnded(String host) {
        return new Ending(Reason.HOST_ENDED, "has ended with the process that owned it, " + host);
    }

    static Ending unreachable(TransportAddress address, IOException failure) {
        return new Ending(
                Reason.UNREACHABLE,
                "cannot be reached, though its owner's process lives: " + failure.getMessage()
                        + ". If that is no reason, nothing answers at " + address
                        + " any more, and it was most likely closed");
    }

    static Ending broken(Peer host, Throwable cause) {
        return new Ending(
                Reason.LINK_BROKEN,
                "cannot be reached any more: the link to " + host + " broke, " + cause.getMessage());
    }
}
