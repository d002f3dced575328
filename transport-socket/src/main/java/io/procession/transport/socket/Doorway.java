package io.procession.transport.socket;

import static java.util.Objects.requireNonNull;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoop;
import io.procession.transport.LinkAcceptor;
import io.procession.transport.LinkHandler;
import io.procession.transport.TransportAddress;
import io.procession.transport.gather.Remainder;
import java.io.IOException;
import java.nio.channels.ServerSocketChannel;
import java.util.concurrent.TimeUnit;

/** The part of a listener that is Netty's: takes connections, and makes links of those who have proved who they are. */
@SuppressWarnings("FutureReturnValueIgnored") // whatever comes of it, the pipeline or the future of the close tells
final class Doorway extends ChannelInboundHandlerAdapter {
    private static final long OUT_OF_DESCRIPTORS_MILLIS = 100;
    private static final long SWEEP_NANOS = TimeUnit.HOURS.toNanos(1);

    private final TransportAddress address;
    private final LinkAcceptor acceptor;
    private final PassFolder folder;
    private final Limits limits;
    private final Refusals refusals;
    private final EventLoops loops;
    private final Strangers strangers;
    private final ListenerChannel channel;
    private final Object accepting = new Object();
    private long sweptAt = System.nanoTime(); // guarded by accepting
    private volatile boolean closed;

    Doorway(
            TransportAddress address,
            String site,
            LinkAcceptor acceptor,
            PassFolder folder,
            Limits limits,
            Refusals refusals,
            ServerSocketChannel socket) {
        this.address = address;
        this.acceptor = acceptor;
        this.folder = folder;
        this.limits = limits;
        this.refusals = refusals;
        this.loops = new EventLoops(site);
        this.strangers = new Strangers(limits.strangers());
        this.channel = new ListenerChannel(socket);
    }

    /** Begins to take connections. */
    void open() {
        channel.pipeline().addLast(this);
        channel.closeFuture().addListener(ended -> loops.leave());
        loops.first().register(channel).addListener(outcome -> {
            if (!outcome.isSuccess()) {
                refusals.tell(address, "anybody", "it cannot be listened to: " + outcome.cause());
                channel.unsafe().closeForcibly();
            }
        });
    }

    /** Takes no more connections; links live on. */
    void close() {
        closed = true;
        channel.close();
        for (Reception stranger : strangers.all()) {
            stranger.later(stranger::dismiss);
        }
    }

    Limits limits() {
        return limits;
    }

    PassFolder folder() {
        return folder;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object accepted) {
        LinkChannel connection = (LinkChannel) accepted;
        EventLoop loop = loops.join();
        if (loop == null) {
            connection.unsafe().closeForcibly();
            return;
        }
        connection.closeFuture().addListener(ended -> loops.leave());
        connection.pipeline().addLast(new Reception(this, connection));
        loop.register(connection).addListener(outcome -> {
            if (!outcome.isSuccess()) {
                connection.unsafe().closeForcibly();
            }
        });
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        refusals.tell(address, "anybody", "no connection can be taken at the moment: " + cause);
        if (cause instanceof IOException) {
            // Most likely there are too many open files. The kernel keeps who comes meanwhile.
            channel.config().setAutoRead(false);
            context.executor()
                    .schedule(
                            () -> channel.config().setAutoRead(true), OUT_OF_DESCRIPTORS_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    /** A connection has come; false if it came too late. */
    boolean enter(Reception stranger) {
        Reception oldest = strangers.add(stranger);
        if (oldest != null) {
            oldest.later(() -> oldest.refuse("more than " + limits.strangers() + " wait to say who they are"));
        }
        return !closed;
    }

    /** A connection is a stranger no more, for better or worse. */
    void left(Reception stranger) {
        strangers.remove(stranger);
    }

    void refused(Object from, String reason) {
        if (!closed) {
            refusals.tell(address, from, reason);
        }
    }

    /** Makes a link of a connection that has proved who it is. On its event loop. */
    void admit(LinkChannel connection, Reception reception, Pass pass) {
        NettyWire wire = new NettyWire(connection);
        SocketLink link = wire.link();
        try {
            link.endsWith(Remainder.adopt(folder.sendMemory(pass)));
            LinkHandler handler = accept(link);
            link.handledBy(handler);
        } catch (Throwable refusal) {
            link.discard(); // the acceptor knows why
            return;
        }
        connection.pipeline().replace(reception, "link", wire);
        link.start(Handshake.answer(pass));
        link.serve();
    }

    private LinkHandler accept(SocketLink link) throws IOException {
        synchronized (accepting) {
            if (closed) {
                throw new IOException("the listener has closed");
            }
            long now = System.nanoTime();
            if (now - sweptAt > SWEEP_NANOS) {
                sweptAt = now;
                folder.sweep();
            }
            return requireNonNull(acceptor.accept(link), "the acceptor's handler");
        }
    }
}
