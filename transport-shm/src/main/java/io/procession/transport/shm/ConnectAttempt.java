package io.procession.transport.shm;

import io.procession.transport.LinkHandler;
import io.procession.transport.TransportAddress;
import io.procession.transport.TransportSite;
import java.io.EOFException;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * One try to connect. The caller knocks, without blocking; the loop hears the answer; the caller maps the memory. Before the link starts, closing the
 * channel is all it takes to give up.
 */
final class ConnectAttempt implements Loop.Member {
    private static final long RETRY_MILLIS = 2;

    private final TransportAddress address;
    private final LinkHandler handler;
    private final Duration timeout;
    private final long started = System.nanoTime();
    private ByteBuffer answer = ByteBuffer.allocateDirect(Greeting.ANSWER_HEAD_BYTES);
    private @Nullable SocketChannel channel;
    private @Nullable SelectionKey key;
    private boolean answered;

    // Guarded by this.
    private @Nullable ByteBuffer result;
    private @Nullable Throwable failure;
    private @Nullable ShmLink link;

    private ConnectAttempt(TransportAddress address, LinkHandler handler, Duration timeout) {
        this.address = address;
        this.handler = handler;
        this.timeout = timeout;
    }

    static ShmLink connect(TransportAddress address, TransportSite site, LinkHandler handler, Duration timeout)
            throws IOException, InterruptedException, TimeoutException {
        if (Thread.interrupted()) {
            throw new InterruptedException("interrupted before connecting to " + address);
        }
        ConnectAttempt attempt = new ConnectAttempt(address, handler, timeout);
        try {
            return attempt.run(site);
        } catch (IOException | InvalidPathException | UnsupportedOperationException e) {
            throw new IOException("cannot connect to " + address + ": " + explain(e), e);
        }
    }

    private static String explain(Exception failure) {
        if (failure instanceof EOFException) {
            return "the process that listened there has ended, or refused";
        }
        if (failure instanceof java.net.SocketException) {
            return "nobody listens there (any more): " + failure.getMessage();
        }
        return String.valueOf(failure.getMessage());
    }

    private ShmLink run(TransportSite site) throws IOException, InterruptedException, TimeoutException {
        Path socket = Path.of(address.value());
        if (address.value().isEmpty()) {
            throw new IOException("that is no path");
        }
        long family = Greeting.family(socket);
        SocketChannel knocking = knock(UnixDomainSocketAddress.of(socket));
        Loop loop = null;
        ShmLink connected = null;
        try {
            knocking.write(Greeting.hello(family));
            loop = Loop.enter(site);
            channel = knocking;
            key = loop.register(knocking);
            loop.attend(this);
            String file = Greeting.path(awaitAnswer());
            connected = new ShmLink(loop, LinkMemory.attach(Path.of(file), family), key, new Doorbell(knocking));
            start(connected, loop);
            return connected;
        } finally {
            if (connected == null) {
                knocking.close();
                if (loop != null) {
                    // The descriptor is closed when the selector looks next.
                    loop.attend(this);
                    loop.leave();
                }
            }
        }
    }

    /** Connects, which the kernel does at once or, if too many wait to be accepted, not at all. */
    private SocketChannel knock(UnixDomainSocketAddress socket)
            throws IOException, InterruptedException, TimeoutException {
        while (true) {
            SocketChannel knocking = SocketChannel.open(StandardProtocolFamily.UNIX);
            boolean connected = false;
            try {
                knocking.configureBlocking(false);
                connected = knocking.connect(socket);
                if (connected) {
                    return knocking;
                }
            } finally {
                if (!connected) {
                    knocking.close();
                }
            }
            if (leftNanos() <= 0) {
                throw late();
            }
            Thread.sleep(RETRY_MILLIS);
        }
    }

    private long leftNanos() {
        return TimeUnit.NANOSECONDS.convert(timeout) - (System.nanoTime() - started);
    }

    private TimeoutException late() {
        return new TimeoutException(
                "the listener at " + address + " did not answer within " + timeout.toMillis() + " ms");
    }

    private synchronized ByteBuffer awaitAnswer() throws IOException, InterruptedException, TimeoutException {
        while (result == null) {
            Throwable cause = failure;
            if (cause instanceof IOException io) {
                throw io;
            }
            if (cause != null) {
                throw new IOException(cause.toString(), cause);
            }
            long left = leftNanos();
            if (left <= 0) {
                throw late();
            }
            wait(Math.min(left / 1_000_000 + 1, Integer.MAX_VALUE));
        }
        return result;
    }

    private void start(ShmLink connected, Loop loop) {
        synchronized (this) {
            link = connected;
        }
        loop.attend(this);
    }

    // From here on all is called by the loop.

    @Override
    public void attend() {
        SelectionKey registered = key;
        ShmLink connected;
        synchronized (this) {
            connected = link;
        }
        if (connected != null) {
            connected.start(handler);
        } else if (registered != null && registered.isValid() && !answered) {
            registered.attach(this);
            registered.interestOps(SelectionKey.OP_READ);
        }
    }

    @Override
    public void ready() {
        SelectionKey registered = key;
        SocketChannel heard = channel;
        if (answered || registered == null || heard == null) {
            return;
        }
        try {
            if (readAnswer(heard)) {
                answered = true;
                registered.interestOps(0); // what comes now is for the link
                finish(answer, null);
            }
        } catch (IOException | RuntimeException e) {
            answered = true;
            registered.cancel();
            finish(null, e);
        }
    }

    private boolean readAnswer(SocketChannel heard) throws IOException {
        while (true) {
            int read = heard.read(answer);
            if (read < 0) {
                throw new EOFException("no answer");
            }
            if (answer.hasRemaining()) {
                return false;
            }
            int bytes = Greeting.answerBytes(answer);
            if (answer.capacity() == bytes) {
                return true;
            }
            answer = ByteBuffer.allocateDirect(bytes).put(answer.flip());
        }
    }

    private synchronized void finish(@Nullable ByteBuffer whole, @Nullable Throwable cause) {
        result = whole;
        failure = cause;
        notifyAll();
    }

    @Override
    public void abort(Throwable cause) {
        answered = true;
        finish(null, cause);
    }
}
