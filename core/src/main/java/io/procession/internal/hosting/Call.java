package io.procession.internal.hosting;

import io.procession.internal.connection.Connection;
import io.procession.internal.connection.Kind;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * A request to a hosted object, to be answered once.
 *
 * @param from who asks
 * @param id the number the asker gave it
 */
public record Call(Connection from, long id) {
    /**
     * Answers. Never blocks.
     *
     * @param answer its parts, not to be changed afterwards
     */
    public void reply(ByteBuffer... answer) {
        from.send(Kind.REPLY, id, answer);
    }

    /**
     * Answers that the object has ended.
     *
     * @param ending why
     */
    public void refuse(Ending ending) {
        from.send(Kind.NO_OBJECT, id, encode(ending));
    }

    static ByteBuffer encode(Ending ending) {
        byte[] text = ending.text().getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(1 + text.length)
                .put((byte) ending.reason().ordinal())
                .put(text)
                .flip();
    }

    static Ending decode(ByteBuffer bytes) {
        Ending.Reason reason = Ending.Reason.values()[bytes.get()];
        return new Ending(reason, StandardCharsets.UTF_8.decode(bytes).toString());
    }
}
