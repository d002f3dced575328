package io.procession.transport.socket;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One connection until it has proved who it is: it may say {@value Handshake#HELLO_BYTES} bytes, within a bounded time. On the event loop of the connection. */
final class Reception extends ChannelInboundHandlerAdapter {
    private final Doorway doorway;
    private final LinkChannel channel;
    private @Nullable Future<?> limit;
    private boolean over;

    Reception(Doorway doorway, LinkChannel channel) {
        this.doorway = doorway;
        this.channel = channel;
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        Limits limits = doorway.limits();
        if (!doorway.enter(this)) {
            dismiss();
            return;
        }
        limit = context.executor()
                .schedule(
                        () -> refuse("it did not say who it is within "
                                + limits.handshake().toMillis() + " ms"),
                        limits.handshake().toNanos(),
                        TimeUnit.NANOSECONDS);
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object empty) {
        if (over) {
            return;
        }
        Handshake.Verdict verdict = Handshake.judge(channel.reader().unread(), doorway.folder());
        if (verdict.pass() != null) {
            channel.reader().skip(Handshake.HELLO_BYTES);
            channel.admit();
            leave();
            doorway.admit(channel, this, verdict.pass());
        } else if (verdict.objection() != null) {
            refuse(verdict.objection());
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        refuse("it hung up before it had said who it is");
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        refuse("it failed: " + cause);
    }

    /** Ends the connection and tells why, unless it is ended or admitted already. */
    void refuse(String reason) {
        if (!over) {
            leave();
            doorway.refused(channel.remoteAddress(), reason);
        }
        hangUp();
    }

    /** Ends the connection without a word, because of nothing it did. */
    void dismiss() {
        leave();
        hangUp();
    }

    private void leave() {
        over = true;
        if (limit != null) {
            limit.cancel(false);
        }
        doorway.left(this);
    }

    @SuppressWarnings("FutureReturnValueIgnored") // it is gone one way or the other
    private void hangUp() {
        channel.close();
    }

    /** Runs something on the event loop of the connection. */
    void later(Runnable what) {
        channel.eventLoop().execute(what);
    }
}
