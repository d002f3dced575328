package io.procession.transport.socket;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelId;
import io.netty.channel.DefaultMaxMessagesRecvByteBufAllocator;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/**
 * Netty's socket with two short cuts. What is read goes straight where frames are cut, instead of into a buffer from which it would be copied; the pipeline is told
 * of it by an empty one. And it lends its Java socket, so that a caller whose frame may go at once need not wake an event loop for it.
 */
final class LinkChannel extends NioSocketChannel {
    private final FrameReader reader;

    /** Takes over a connection that does not block. */
    LinkChannel(SocketChannel socket, FrameReader reader) {
        super(socket);
        this.reader = reader;
        // A write that fails says that the other side is gone; what it had sent before is read all the same.
        config().setAutoClose(false);
        config().setRecvByteBufAllocator(new NoBuffers());
    }

    @Override
    protected ChannelId newId() {
        return new NoId();
    }

    SocketChannel socket() {
        return javaChannel();
    }

    @Override
    protected int doReadBytes(ByteBuf unused) throws IOException {
        ByteBuffer room = reader.room();
        unsafe().recvBufAllocHandle().attemptedBytesRead(room.remaining());
        int read = javaChannel().read(room);
        reader.added(Math.max(0, read));
        return read;
    }

    /** Counts the bytes and gives no memory for them. */
    private static final class NoBuffers extends DefaultMaxMessagesRecvByteBufAllocator {
        @Override
        public MaxMessageHandle newHandle() {
            return new MaxMessageHandle() {
                @Override
                public int guess() {
                    return 0;
                }

                @Override
                public ByteBuf allocate(ByteBufAllocator allocator) {
                    return Unpooled.EMPTY_BUFFER;
                }
            };
        }
    }
}
