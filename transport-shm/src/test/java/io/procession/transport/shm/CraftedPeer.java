package io.procession.transport.shm;

import io.procession.transport.FrameLength;
import io.procession.transport.shm.LinkLayout.Direction;
import io.procession.transport.shm.memory.Words;
import io.procession.transport.tck.RawPeer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/**
 * A client that puts bytes into the ring one by one and tells the reader of them when a length is there that it need not wait for: that of a whole frame, or an
 * impossible one. Closed in between it is a client that died in the middle of a record.
 */
final class CraftedPeer implements RawPeer {
    private final SocketChannel channel;
    private final LinkMemory memory;
    private final int ringAt;
    private long record;
    private int written;

    CraftedPeer(SocketChannel channel, LinkMemory memory) {
        this.channel = channel;
        this.memory = memory;
        this.ringAt = Direction.TO_HOST.ringAt(memory.geometry().ringBytes());
    }

    @Override
    public void write(ByteBuffer bytes) throws IOException {
        ByteBuffer ring = memory.memory();
        while (bytes.hasRemaining()) {
            int at = ringAt + (int) record;
            ring.put(at + written++, bytes.get());
            if (written < FrameLength.BYTES) {
                continue;
            }
            int length = FrameLength.read(ring, at);
            boolean possible =
                    length >= FrameLength.BYTES && length <= memory.geometry().maxFrameBytes();
            if (!possible || written == length) {
                record += RingWriter.aligned(written);
                written = 0;
                Words.setRelease(ring, Direction.TO_HOST.tailAt(), record);
                if (memory.readerSleeps(Direction.TO_HOST).mustRing()) {
                    channel.write(ByteBuffer.allocate(1));
                }
            }
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
