package io.procession.transport;

/** Decides who receives the frames of a link that arrived. */
@FunctionalInterface
public interface LinkAcceptor {
    /**
     * Called once for each link that arrives, on a thread of the transport, before its first frame is delivered. Must not block.
     *
     * @param link the new link
     * @return who receives its frames and its end
     */
    LinkHandler accept(Link link);
}
