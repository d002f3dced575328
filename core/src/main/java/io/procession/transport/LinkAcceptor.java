package io.procession.transport;

/**
 * Decides who receives the frames of a link that arrived. What it throws refuses the link: who connects gets an
 * {@link java.io.IOException}, and the listener goes on.
 */
@FunctionalInterface
public interface LinkAcceptor {
    /**
     * Called once for each link that arrives, on a thread of the transport, before its first frame is delivered; never by two threads
     * at once for one listener. Must not block. The link may be used at once, and what is sent here arrives first.
     *
     * @param link the new link
     * @return who receives its frames and its end
     */
    LinkHandler accept(Link link);
}
