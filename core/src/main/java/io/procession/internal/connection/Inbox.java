package io.procession.internal.connection;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Joins frames to messages. Used by one thread at a time, the link's.
 *
 * <p>Memory is taken when the first frame of a message arrives, after its length was checked: all messages under way from one peer may take
 * {@link Outbox#MAX_BEGUN_BYTES} together, which a peer that keeps the protocol never exceeds.
 */
final class Inbox {
    private static final int TOTAL_BYTES = 8;

    private record Key(Kind kind, long id) {
        // By hand, as in TransportAddress.

        @Override
        public boolean equals(Object other) {
            return other instanceof Key key && kind == key.kind && id == key.id;
        }

        @Override
        public int hashCode() {
            return 31 * kind.ordinal() + Long.hashCode(id);
        }
    }

    private final Map<Key, ByteBuffer> partial = new HashMap<>();
    private long partialBytes;

    /**
     * Takes in a frame whose header was checked.
     *
     * @return the payload of the message it completes, or null if it completes none
     */
    @Nullable
    ByteBuffer add(Kind kind, ByteBuffer frame) throws ProtocolException {
        int flags = FrameHeader.flags(frame);
        ByteBuffer payload = frame.duplicate();
        payload.position(payload.position() + FrameHeader.BYTES);
        if (flags == 0 && partial.isEmpty()) {
            return copy(payload); // nearly all are whole messages
        }
        Key key = new Key(kind, FrameHeader.id(frame));
        if ((flags & FrameHeader.ABORT) != 0) {
            remove(key);
            return null;
        }
        if ((flags & FrameHeader.FIRST_OF_MANY) != 0) {
            begin(key, payload);
        }
        ByteBuffer message = partial.get(key);
        boolean more = (flags & FrameHeader.MORE) != 0;
        if (message == null) {
            if (more) {
                throw new ProtocolException("a frame of a " + kind + " whose first frame never came");
            }
            return copy(payload);
        }
        if (payload.remaining() > message.remaining() || more != payload.remaining() < message.remaining()) {
            throw new ProtocolException("a " + kind + " of " + message.limit() + " bytes got a frame of "
                    + payload.remaining() + " bytes at " + message.position() + (more ? ", and more to come" : ""));
        }
        message.put(payload);
        if (more) {
            return null;
        }
        remove(key);
        return message.flip();
    }

    private static ByteBuffer copy(ByteBuffer payload) {
        return MessageMemory.take(payload.remaining()).put(payload).flip();
    }

    private void begin(Key key, ByteBuffer payload) throws ProtocolException {
        if (payload.remaining() < TOTAL_BYTES || partial.containsKey(key)) {
            throw new ProtocolException("a " + key.kind + " began twice, or without its length");
        }
        long total = payload.getLong();
        if (total < payload.remaining() || total > Outbox.MAX_BEGUN_BYTES - partialBytes) {
            throw new ProtocolException("a " + key.kind + " of " + total + " bytes while " + partialBytes
                    + " bytes are under way; " + Outbox.MAX_BEGUN_BYTES + " are allowed together");
        }
        try {
            partial.put(key, MessageMemory.take((int) total));
        } catch (OutOfMemoryError full) {
            throw new ProtocolException("no memory for a message of " + total + " bytes: " + full.getMessage());
        }
        partialBytes += total;
    }

    private void remove(Key key) {
        ByteBuffer message = partial.remove(key);
        if (message != null) {
            partialBytes -= message.limit();
        }
    }
}
