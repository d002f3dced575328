package io.procession.transport.socket;

import io.procession.transport.LinkHandler;
import io.procession.transport.TransportAddress;
import io.procession.transport.TransportSite;
import io.procession.transport.gather.SendMemory;
import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** One try to connect, on the caller's thread: all that waits, waits in a selector, which interrupts and time limits end. */
final class ConnectAttempt {
    private final TransportAddress address;
    private final Endpoint endpoint;
    private final PassFolder folder;
    private final Pass pass = Pass.random();
    private final Duration timeout;
    private final long started = System.nanoTime();
    private final FrameReader reader = new FrameReader();
    private @Nullable SendMemory memory;

    private ConnectAttempt(TransportAddress address, TransportSite site, Duration timeout) throws IOException {
        this.address = address;
        this.endpoint = Endpoint.parse(address);
        this.folder = new PassFolder(site.directory().resolve(endpoint.folder()));
        this.timeout = timeout;
    }

    static SocketLink connect(TransportAddress address, TransportSite site, LinkHandler handler, Duration timeout)
            throws IOException, InterruptedException, TimeoutException {
        if (Thread.interrupted()) {
            throw new InterruptedException("interrupted before connecting to " + address);
        }
        return new ConnectAttempt(address, site, timeout).run(site, handler);
    }

    private SocketLink run(TransportSite site, LinkHandler handler)
            throws IOException, InterruptedException, TimeoutException {
        boolean left = false;
        try {
            left = true;
            memory = SendMemory.createIfPossible(folder.sendMemory(pass));
            folder.leave(pass);
            SocketLink link = open(site, handler);
            left = false;
            return link;
        } catch (IOException e) {
            throw new IOException("cannot connect to " + address + ": " + explain(e), e);
        } finally {
            if (left) {
                folder.takeBack(pass);
            }
        }
    }

    private static @Nullable String explain(IOException cause) {
        if (cause instanceof NoSuchFileException || cause instanceof ConnectException) {
            return "nobody listens there (any more)";
        }
        if (cause instanceof EOFException) {
            return "the process that listened there has ended, or refused";
        }
        return cause.getMessage();
    }

    /** Leaves nothing open unless it succeeds. */
    private SocketLink open(TransportSite site, LinkHandler handler)
            throws IOException, InterruptedException, TimeoutException {
        SocketChannel channel = SocketChannel.open();
        Selector selector = null;
        boolean open = false;
        try {
            selector = Selector.open();
            channel.configureBlocking(false);
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            SelectionKey key = channel.register(selector, SelectionKey.OP_CONNECT);
            reach(channel, key);
            exchange(channel, key);
            NioWire wire = new NioWire(channel, selector, key, reader, site.name());
            SocketLink link = wire.link();
            link.handledBy(handler);
            if (memory != null) {
                link.writer().keepIn(memory);
            }
            link.start();
            wire.start();
            open = true;
            return link;
        } finally {
            if (!open) {
                channel.close();
                if (selector != null) {
                    selector.close();
                }
            }
        }
    }

    private void reach(SocketChannel channel, SelectionKey key)
            throws IOException, InterruptedException, TimeoutException {
        boolean connected = channel.connect(endpoint.socketAddress());
        while (!connected) {
            await(key, SelectionKey.OP_CONNECT);
            connected = channel.finishConnect();
        }
    }

    private void exchange(SocketChannel channel, SelectionKey key)
            throws IOException, InterruptedException, TimeoutException {
        for (ByteBuffer hello = Handshake.hello(pass); hello.hasRemaining(); ) {
            if (channel.write(hello) == 0) {
                await(key, SelectionKey.OP_WRITE);
            }
        }
        while (reader.unread().remaining() < Handshake.ANSWER_BYTES) {
            await(key, SelectionKey.OP_READ);
            int read = receive(channel);
            if (read < 0) {
                throw new EOFException("no answer");
            }
            reader.added(read);
            String objection = Handshake.objectionToAnswer(reader.unread());
            if (objection != null) {
                throw new IOException(objection);
            }
        }
        if (!Handshake.isFromHost(reader.unread(), pass)) {
            throw new IOException("whoever listens there is not of this family of processes");
        }
        reader.skip(Handshake.ANSWER_BYTES);
    }

    /** To hang up without a word is how a host refuses, and a kernel may say that in the words of an error. */
    private int receive(SocketChannel channel) {
        try {
            return channel.read(reader.roomForHandshake());
        } catch (IOException reset) {
            return -1;
        }
    }

    private void await(SelectionKey key, int operation) throws IOException, InterruptedException, TimeoutException {
        key.interestOps(operation);
        Selector selector = key.selector();
        do {
            long left = TimeUnit.NANOSECONDS.convert(timeout) - (System.nanoTime() - started);
            if (left <= 0) {
                throw new TimeoutException(
                        "the listener at " + address + " did not answer within " + timeout.toMillis() + " ms");
            }
            selector.select(TimeUnit.NANOSECONDS.toMillis(left) + 1);
            if (Thread.interrupted()) {
                throw new InterruptedException("interrupted while connecting to " + address);
            }
        } while (selector.selectedKeys().isEmpty());
        selector.selectedKeys().clear();
    }
}
