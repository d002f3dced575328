package io.procession.benchmarks.subjects;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoopGroup;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Messages of one size one way over raw Netty, written on the event loop and flushed in groups as long as the channel is writable: what Netty can do. Arguments:
 * bytes of a message, warm-ups, messages.
 */
@SuppressWarnings("FutureReturnValueIgnored")
public final class NettyFlood {
    private static final int FLUSH_BYTES = 64 * 1024;

    private NettyFlood() {}

    /** Runs. */
    public static void main(String[] arguments) throws Exception {
        int bytes = Integer.parseInt(arguments[0]);
        int warmUps = Integer.parseInt(arguments[1]);
        int messages = Integer.parseInt(arguments[2]);
        EventLoopGroup loops = NettyPingPong.loops();
        Channel server = NettyPingPong.listen(loops, new Receiver(bytes, new Ticks(bytes, warmUps, messages)));
        Process sender = Jvm.start(
                List.of(),
                Sender.class,
                arguments[0],
                Integer.toString(Ticks.toSend(bytes, warmUps, messages)),
                NettyPingPong.port(server));
        sender.waitFor();
        loops.shutdownGracefully(0, 0, TimeUnit.SECONDS);
    }

    private static final class Receiver extends ChannelInboundHandlerAdapter {
        private final int messageBytes;
        private final Ticks ticks;
        private int partBytes;

        Receiver(int messageBytes, Ticks ticks) {
            this.messageBytes = messageBytes;
            this.ticks = ticks;
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            ByteBuf received = (ByteBuf) message;
            partBytes += received.readableBytes();
            received.release();
            for (; partBytes >= messageBytes; partBytes -= messageBytes) {
                if (ticks.tick()) {
                    context.close();
                    return;
                }
            }
        }
    }

    /** The other side. */
    static final class Sender extends ChannelInboundHandlerAdapter {
        private final ByteBuf message;
        private int left;

        private Sender(int bytes, int count) {
            this.message =
                    Unpooled.unreleasableBuffer(Unpooled.directBuffer(bytes).writeZero(bytes));
            this.left = count;
        }

        public static void main(String[] arguments) throws Exception {
            EventLoopGroup loops = NettyPingPong.loops();
            Sender sender = new Sender(Integer.parseInt(arguments[0]), Integer.parseInt(arguments[1]));
            NettyPingPong.connect(loops, arguments[2], sender).closeFuture().sync();
            loops.shutdownGracefully(0, 0, TimeUnit.SECONDS);
        }

        @Override
        public void channelActive(ChannelHandlerContext context) {
            fill(context);
        }

        @Override
        public void channelWritabilityChanged(ChannelHandlerContext context) {
            fill(context);
        }

        private void fill(ChannelHandlerContext context) {
            int unflushed = 0;
            while (left > 0 && context.channel().isWritable()) {
                context.write(message.duplicate(), context.voidPromise());
                left--;
                unflushed += message.readableBytes();
                if (unflushed >= FLUSH_BYTES / 2) {
                    context.flush();
                    unflushed = 0;
                }
            }
            context.flush();
        }
    }
}
