package io.procession.transport.tck;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;

/** A peer that sends what it likes. Closing it is the end of the peer. */
public interface RawPeer extends Closeable {
    /**
     * Sends bytes that need not be a frame. May block as long as the other side does not read.
     *
     * @param bytes the bytes
     * @throws IOException if the other side has ended the link, which it may
     */
    void write(ByteBuffer bytes) throws IOException;
}
