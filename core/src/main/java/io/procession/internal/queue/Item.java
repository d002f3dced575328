package io.procession.internal.queue;

import io.procession.internal.codec.Encoded;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * An item at its host: bytes that nobody changes any more.
 *
 * @param parts the bytes in order, whose positions stay as they are
 * @param bytes how many
 */
record Item(List<ByteBuffer> parts, int bytes) {
    /** An item of this process; copies only what is borrowed from whoever puts it. */
    static Item of(Encoded encoded) {
        return new Item(encoded.detached().parts(), Math.toIntExact(encoded.sizeBytes()));
    }

    /** An item that arrived, in memory of its own. */
    static Item arrived(ByteBuffer bytes) {
        return new Item(List.of(bytes), bytes.remaining());
    }

    /** All bytes in one buffer, to be read once. */
    ByteBuffer joined() {
        if (parts.size() == 1) {
            return parts.get(0).duplicate();
        }
        ByteBuffer all = ByteBuffer.allocate(bytes);
        for (ByteBuffer part : parts) {
            all.put(part.duplicate());
        }
        return all.flip();
    }
}
