package io.procession.transport.shm;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.concurrent.TimeUnit;

/** Somebody who has connected to a listener and has not said yet what he wants. For the loop. */
final class Contact implements Loop.Member {
    /** Within this time an honest client has said hello, unless it was stopped or has died. */
    static final long LIMIT_MILLIS = 10_000;

    private final ShmListener listener;
    private final SocketChannel channel;
    private final SelectionKey key;
    private final long since = System.nanoTime();
    private final ByteBuffer hello = ByteBuffer.allocateDirect(Greeting.HELLO_BYTES);
    private boolean over;

    Contact(ShmListener listener, SocketChannel channel, SelectionKey key) {
        this.listener = listener;
        this.channel = channel;
        this.key = key;
    }

    void start() {
        key.attach(this);
        key.interestOps(SelectionKey.OP_READ);
    }

    @Override
    public void ready() {
        try {
            if (channel.read(hello) < 0) {
                hangUp();
            } else if (!hello.hasRemaining()) {
                over = true;
                listener.greeted(hello, channel, key);
            }
        } catch (IOException e) {
            hangUp();
        }
    }

    /** Whether this contact is no longer one; makes it so if it has had its time, or if there is nobody left to talk to. */
    boolean isOver(long now) {
        if (!over && (listener.isClosed() || now - since > TimeUnit.MILLISECONDS.toNanos(LIMIT_MILLIS))) {
            hangUp();
        }
        return over;
    }

    private void hangUp() {
        over = true;
        key.cancel();
        new Doorbell(channel).close();
    }

    @Override
    public void attend() {}

    @Override
    public void abort(Throwable cause) {
        hangUp();
    }
}
