package io.procession.transport.socket;

import io.netty.channel.EventLoop;
import io.netty.channel.SingleThreadIoEventLoop;
import io.netty.channel.nio.NioIoHandler;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The event loops of one listener: made as links come, ended when the listener and its last link have ended. Safe for all threads.
 *
 * <p>Single loops instead of one of Netty's groups, whose end starts Netty's global executor: a thread that is no daemon and would hold up the end of the JVM for
 * a second.
 */
final class EventLoops {
    private static final int MOST = Math.min(4, Runtime.getRuntime().availableProcessors());

    private final ThreadFactory threads;
    private final List<SingleThreadIoEventLoop> loops = new ArrayList<>();
    private int next;
    private int users = 1;

    /** For the listener, which is the first user. */
    EventLoops(String site) {
        this.threads = body -> SocketThreads.unstarted(site, "loop", body);
    }

    /** A loop for one more link; null if all have ended already. */
    synchronized @Nullable EventLoop join() {
        if (users == 0) {
            return null;
        }
        int links = users++;
        if (links > loops.size() && loops.size() < MOST) {
            return add();
        }
        next = (next + 1) % loops.size();
        return loops.get(next);
    }

    private EventLoop add() {
        SingleThreadIoEventLoop loop = new SingleThreadIoEventLoop(null, threads, NioIoHandler.newFactory());
        loops.add(loop);
        return loop;
    }

    /** One user less. */
    @SuppressWarnings("FutureReturnValueIgnored") // nobody waits for the threads
    synchronized void leave() {
        if (--users == 0) {
            loops.forEach(loop -> loop.shutdownGracefully(0, 0, TimeUnit.SECONDS));
        }
    }
}
