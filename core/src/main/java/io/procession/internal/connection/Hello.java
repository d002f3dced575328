package io.procession.internal.connection;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * The payload of {@link Kind#HELLO} and {@link Kind#WELCOME}: who speaks, and for {@code HELLO} whom he expects.
 *
 * @param self who speaks
 * @param expected the incarnation of the process that is meant, or zero if whoever listens will do
 */
record Hello(Peer self, long expected) {
    /** Both sides must speak the same version. */
    static final int WIRE_VERSION = 1;

    /** The whole frame; nothing larger is read from a peer that is not known yet. */
    static final int MAX_FRAME_BYTES = 4 << 10;

    private static final int MAGIC = 0x50524f43; // "PROC"
    private static final int MAX_TEXT_BYTES = 255;
    private static final int MAX_TRANSPORTS = 12;

    ByteBuffer encode() {
        ByteBuffer into = ByteBuffer.allocate(MAX_FRAME_BYTES - FrameHeader.BYTES);
        into.putInt(MAGIC)
                .putInt(WIRE_VERSION)
                .putLong(self.incarnation())
                .putLong(self.pid())
                .putLong(expected);
        putText(into, self.name());
        List<String> transports = new ArrayList<>(new TreeSet<>(self.transports()));
        transports = transports.subList(0, Math.min(transports.size(), MAX_TRANSPORTS));
        into.put((byte) transports.size());
        for (String transport : transports) {
            putText(into, transport);
        }
        return into.flip();
    }

    /** Whether a peer that introduced itself has no more transports than it could say. */
    static boolean tellsAll(Peer peer) {
        return peer.transports().size() < MAX_TRANSPORTS;
    }

    static Hello decode(ByteBuffer from) throws ProtocolException {
        try {
            if (from.getInt() != MAGIC) {
                throw new ProtocolException("what connected does not speak this protocol");
            }
            int version = from.getInt();
            if (version != WIRE_VERSION) {
                throw new ProtocolException("the other process speaks wire version " + version + ", this one "
                        + WIRE_VERSION + "; give both the same release of Procession");
            }
            long incarnation = from.getLong();
            long pid = from.getLong();
            long expected = from.getLong();
            String name = text(from);
            Set<String> transports = new TreeSet<>();
            for (int left = from.get(); left > 0; left--) {
                transports.add(text(from));
            }
            return new Hello(new Peer(incarnation, pid, name, transports), expected);
        } catch (BufferUnderflowException tooShort) {
            throw new ProtocolException("a handshake that ends too early");
        }
    }

    private static void putText(ByteBuffer into, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        int length = Math.min(bytes.length, MAX_TEXT_BYTES);
        into.put((byte) length).put(bytes, 0, length);
    }

    private static String text(ByteBuffer from) {
        byte[] bytes = new byte[from.get() & 0xff];
        from.get(bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
