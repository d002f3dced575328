package io.procession.transport.socket;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

/** A socket served by an event loop of Netty. */
@SuppressWarnings("FutureReturnValueIgnored") // whatever comes of it, the pipeline tells
final class NettyWire extends ChannelInboundHandlerAdapter implements Wire {
    private final LinkChannel channel;
    private final SocketLink link;
    private final Runnable serve;

    // Of the event loop alone.
    private boolean reading = true;

    NettyWire(LinkChannel channel) {
        this.channel = channel;
        this.link = new SocketLink(this, channel.reader());
        this.serve = link::serve;
    }

    SocketLink link() {
        return link;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object empty) {
        link.received();
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        link.ended();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        if (!(cause instanceof IOException)) { // else the other side is gone, which the end of the channel tells
            link.fail(cause);
        }
    }

    @Override
    public boolean isHere() {
        return channel.eventLoop().inEventLoop();
    }

    @Override
    public void wake() {
        try {
            channel.eventLoop().execute(serve);
        } catch (RejectedExecutionException ended) {
            return; // the loop ended after the link did
        }
    }

    @Override
    public int put(ByteBuffer segment) throws IOException {
        return channel.socket().write(segment);
    }

    @Override
    public long put(ByteBuffer[] segments, int offset, int count) throws IOException {
        return channel.socket().write(segments, offset, count);
    }

    @Override
    public void putLater(Batch batch) {
        ByteBuffer[] rest = batch.rest();
        ByteBuf[] buffers = new ByteBuf[rest.length];
        for (int i = 0; i < rest.length; i++) {
            buffers[i] = Unpooled.wrappedBuffer(rest[i]);
        }
        for (int i = 0; i < buffers.length - 1; i++) {
            channel.write(buffers[i], channel.voidPromise());
        }
        ChannelFuture last = channel.writeAndFlush(buffers[buffers.length - 1]);
        last.addListener(outcome -> {
            if (outcome.isSuccess()) {
                link.writer().finished();
                link.serve();
            } else {
                link.writer().giveUp();
            }
        });
    }

    @Override
    public void reading(boolean wanted) {
        if (reading != wanted) {
            reading = wanted;
            channel.config().setAutoRead(wanted);
        }
    }

    @Override
    public void endOutput() {
        channel.shutdownOutput();
    }

    @Override
    public void serveAfter(long nanos) {
        channel.eventLoop().schedule(serve, nanos, TimeUnit.NANOSECONDS);
    }

    @Override
    public void close() {
        channel.close();
    }
}
