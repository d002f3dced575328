package io.procession.benchmarks.subjects;

import io.netty.channel.Channel;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoopGroup;

/** Opens a port by raw Netty, until others can connect: what it costs the first time in a JVM, and later. Arguments: warm-ups, ports. */
public final class NettyListen {
    private NettyListen() {}

    /** Runs. */
    public static void main(String[] arguments) throws Exception {
        Channel[] open = new Channel[1];
        EventLoopGroup[] loops = new EventLoopGroup[1];
        Repeated.measureBehind(Integer.parseInt(arguments[0]), Integer.parseInt(arguments[1]), () -> {
            if (open[0] != null) {
                open[0].close().sync();
            }
            return () -> {
                if (loops[0] == null) {
                    loops[0] = NettyPingPong.loops();
                }
                open[0] = NettyPingPong.listen(loops[0], new ChannelInboundHandlerAdapter());
            };
        });
        System.exit(0);
    }
}
