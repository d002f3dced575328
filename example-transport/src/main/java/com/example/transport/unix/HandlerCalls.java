package com.example.transport.unix;

import io.procession.transport.Link;
import io.procession.transport.LinkHandler;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Calls the handler of a link: one thread at a time, and nothing after the end. */
final class HandlerCalls {
    private final Link link;
    private final LinkHandler handler;
    private boolean ended; // guarded by this

    HandlerCalls(Link link, LinkHandler handler) {
        this.link = link;
        this.handler = handler;
    }

    synchronized void frame(ByteBuffer frame) {
        if (!ended) {
            handler.onFrame(link, frame);
        }
    }

    synchronized void written(long position) {
        if (!ended) {
            handler.onWritten(link, position);
        }
    }

    synchronized void closed(@Nullable Throwable cause) {
        if (!ended) {
            ended = true;
            handler.onClosed(link, cause);
        }
    }

    /** No call after this, not even of the end: for tests that play the sudden death of this side. */
    synchronized void silence() {
        ended = true;
    }
}
