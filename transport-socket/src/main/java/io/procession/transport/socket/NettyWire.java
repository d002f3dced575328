package io.procession.transport.socket;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoop;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * A socket served by an event loop of Netty. Between {@link #begin} and the moment when the loop has it, other threads may want something of it: that is left to the first turn on the
 * loop, since Netty knows no loop of a channel before.
 */
@SuppressWarnings("FutureReturnValueIgnored") // whatever comes of it, the pipeline tells
final class NettyWire extends ChannelInboundHandlerAdapter implements HostedWire {
    private final LinkChannel channel;
    private final EventLoops loops;
    private final EventLoop loop;
    private final SocketLink link;
    private final Runnable serve;
    private final AtomicBoolean left = new AtomicBoolean();
    private final AtomicBoolean failed = new AtomicBoolean();
    private volatile boolean active;

    // Of the event loop alone, once it has this.
    private boolean reading = true;
    private byte[] greeting = {};

    private NettyWire(SocketChannel connection, FrameReader reader, EventLoops loops, EventLoop loop) {
        this.channel = new LinkChannel(connection, reader);
        this.loops = loops;
        this.loop = loop;
        this.link = new SocketLink(this, reader);
        this.serve = link::serve;
    }

    /** For a connection that does not block; it stays the caller's if this fails. */
    static NettyWire hosted(SocketChannel connection, FrameReader reader, EventLoops loops) throws IOException {
        EventLoop loop = loops.join();
        if (loop == null) {
            throw new IOException("the listener has closed");
        }
        boolean made = false;
        try {
            NettyWire wire = new NettyWire(connection, reader, loops, loop);
            made = true;
            return wire;
        } finally {
            if (!made) {
                loops.leave();
            }
        }
    }

    @Override
    public SocketLink link() {
        return link;
    }

    @Override
    public void begin(byte[] first) {
        greeting = first;
        try {
            channel.pipeline().addLast("link", this);
            channel.closeFuture().addListener(ended -> leave());
            ChannelFuture registered = loop.register(channel);
            registered.addListener(outcome -> refused(outcome.cause()));
            if (registered.isDone()) {
                refused(registered.cause()); // a loop that gets no thread tells no listeners
            }
        } catch (Throwable t) {
            refused(t);
        }
    }

    private void refused(@Nullable Throwable cause) {
        if (cause != null && failed.compareAndSet(false, true)) {
            link.fail(cause);
            link.ended();
            leave();
        }
    }

    @Override
    public void discard() {
        link.discard();
        leave();
    }

    private void leave() {
        if (left.compareAndSet(false, true)) {
            loops.leave();
        }
    }

    /** The loop has it, and has not read anything yet. */
    @Override
    public void channelActive(ChannelHandlerContext context) {
        // SYNC: pairs with the look in wake. What was left behind before the flag was found clear is seen by this turn.
        active = true;
        link.start(greeting);
        link.serve();
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
        return loop.inEventLoop();
    }

    @Override
    public void wake() {
        if (!active) {
            return; // it begins with a turn
        }
        try {
            loop.execute(serve);
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
        loop.schedule(serve, nanos, TimeUnit.NANOSECONDS);
    }

    @Override
    public void close() {
        if (active) {
            channel.close();
        } else {
            channel.unsafe().closeForcibly(); // there is no loop to do it in order
        }
    }
}
