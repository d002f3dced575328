package io.procession.benchmarks.subjects;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.procession.benchmarks.harness.Samples;
import io.procession.benchmarks.harness.Usage;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Eight bytes there and back over raw Netty on both sides, all on its event loops. Arguments: warm-ups, round trips. */
@SuppressWarnings("FutureReturnValueIgnored")
public final class NettyPingPong {
    private static final int MESSAGE_BYTES = 8;

    private NettyPingPong() {}

    /** Runs. */
    public static void main(String[] arguments) throws Exception {
        Pinger pinger = new Pinger(Integer.parseInt(arguments[0]), Integer.parseInt(arguments[1]));
        EventLoopGroup loops = loops();
        Channel server = listen(loops, pinger);
        Process echo = Jvm.start(List.of(), Echo.class, port(server));
        pinger.done.get();
        loops.shutdownGracefully(0, 0, TimeUnit.SECONDS);
        echo.waitFor();
        Samples.print(System.out, pinger.nanos, pinger.usage);
    }

    static EventLoopGroup loops() {
        return new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    }

    static Channel listen(EventLoopGroup loops, ChannelHandler handler) throws InterruptedException {
        return new ServerBootstrap()
                .group(loops)
                .channel(NioServerSocketChannel.class)
                .childHandler(handler)
                .bind(InetAddress.getLoopbackAddress(), 0)
                .sync()
                .channel();
    }

    static String port(Channel server) {
        return Integer.toString(((InetSocketAddress) server.localAddress()).getPort());
    }

    static Channel connect(EventLoopGroup loops, String port, ChannelHandler handler) throws InterruptedException {
        return new Bootstrap()
                .group(loops)
                .channel(NioSocketChannel.class)
                .handler(handler)
                .connect(InetAddress.getLoopbackAddress(), Integer.parseInt(port))
                .sync()
                .channel();
    }

    /** Eight bytes are a message, whatever pieces they come in; with one under way there is only one piece. */
    private static final class Pinger extends ChannelInboundHandlerAdapter {
        final CompletableFuture<Void> done = new CompletableFuture<>();
        final long[] nanos;
        Usage usage = Usage.UNKNOWN;
        private final int warmUps;
        private int received;
        private long sentAt;

        Pinger(int warmUps, int samples) {
            this.warmUps = warmUps;
            this.nanos = new long[samples];
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            long now = System.nanoTime();
            int sample = received++ - warmUps - 1;
            if (sample >= 0) {
                nanos[sample] = now - sentAt;
            }
            if (sample == -1) {
                usage = Usage.now();
            }
            if (sample == nanos.length - 1) {
                usage = Usage.now().since(usage);
                ((ByteBuf) message).release();
                context.close();
                done.complete(null);
                return;
            }
            sentAt = System.nanoTime();
            context.writeAndFlush(message, context.voidPromise());
        }
    }

    /** The other side. */
    static final class Echo {
        private Echo() {}

        public static void main(String[] arguments) throws Exception {
            EventLoopGroup loops = loops();
            Channel channel = connect(loops, arguments[0], new ChannelInboundHandlerAdapter() {
                @Override
                public void channelRead(ChannelHandlerContext context, Object message) {
                    context.writeAndFlush(message, context.voidPromise());
                }
            });
            channel.writeAndFlush(channel.alloc().directBuffer().writeZero(MESSAGE_BYTES));
            channel.closeFuture().sync();
            loops.shutdownGracefully(0, 0, TimeUnit.SECONDS);
        }
    }
}
