package io.procession.internal.child;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.SelectionKey;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * The parent's end of the line to one child: what is said before the child has connected waits for it. Any thread says something; the
 * thread of the {@link ControlServer} writes it.
 *
 * <p>A child that was stopped reads nothing. What waits for it stays bounded all the same, because every message is a demand that holds until
 * it is met: one that waits already is not added again.
 */
final class ControlChannel {
    final long incarnation;
    final byte[] token;

    private final Deque<ByteBuffer> unsent = new ArrayDeque<>(); // guarded by this
    private @Nullable SelectionKey key; // guarded by this; set when the child has proved who it is

    ControlChannel(long incarnation, byte[] token) {
        this.incarnation = incarnation;
        this.token = token;
    }

    synchronized void say(byte kind, ByteBuffer payload) {
        ByteBuffer message = ControlMessage.frame(kind, payload);
        if (!unsent.contains(message)) { // by content; one of which a part has been written equals none
            unsent.add(message);
        }
        if (key != null && key.isValid()) {
            try {
                key.interestOpsOr(SelectionKey.OP_WRITE);
                key.selector().wakeup();
            } catch (CancelledKeyException justEnded) {
                // nobody reads it any more
            }
        }
    }

    /** Whether the child hears what is said. */
    synchronized boolean isConnected() {
        return key != null && key.isValid();
    }

    synchronized int waiting() {
        return unsent.size();
    }

    synchronized void connected(SelectionKey proven) {
        key = proven;
        ByteBuffer first = unsent.peek();
        if (first != null) {
            first.rewind(); // a part of it may have gone over a connection that has broken
            proven.interestOpsOr(SelectionKey.OP_WRITE);
        }
    }

    /** Writes what the kernel takes. */
    synchronized void write(SelectionKey to) throws IOException {
        java.nio.channels.WritableByteChannel channel = (java.nio.channels.WritableByteChannel) to.channel();
        for (ByteBuffer next = unsent.peek(); next != null; next = unsent.peek()) {
            channel.write(next);
            if (next.hasRemaining()) {
                return;
            }
            unsent.remove();
        }
        to.interestOpsAnd(~SelectionKey.OP_WRITE);
    }
}
