package io.procession.internal.connection;

import static java.util.Objects.requireNonNull;

import io.procession.internal.codec.EncodeTarget;
import io.procession.internal.codec.Encoded;
import io.procession.internal.codec.Shape;
import io.procession.internal.codec.ShapeTable;
import io.procession.transport.Link;
import io.procession.transport.LinkHandler;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Messages to and from one other process over one link. Safe for all threads; nothing here blocks except where it says so. Made and shared by
 * {@link Connections}.
 *
 * <p>Messages of one frame arrive in the order in which they were sent; one that was cut may be overtaken by smaller ones sent later. When the peer's
 * process ends, whatever had reached the kernel is delivered first, then {@link MessageHandler#onClosed} is called.
 */
public final class Connection {
    private static final int MAX_FRAME_BYTES = 1 << 20;

    private static final int MAX_FAILURES = 100;
    private static final long PAUSE_NANOS = 50_000_000;

    private final Connections owner;
    private final String transportId;
    private final boolean accepting;
    private final long expected;
    private final Inbox inbox = new Inbox();
    private final ShortWaits waits = new ShortWaits(Runtime.getRuntime().availableProcessors() > 1);
    private final ShapeTable shapes = new ShapeTable();
    private final CompletableFuture<Peer> opened = new CompletableFuture<>();
    private final CompletableFuture<@Nullable Void> ended = new CompletableFuture<>();
    private volatile @Nullable Link link;
    private volatile @Nullable Outbox outbox;
    private volatile @Nullable Peer peer;
    private volatile EncodeTarget target = EncodeTarget.ANYONE;
    private volatile boolean peerSaidGoodbye;
    private volatile boolean over;
    private @Nullable IOException ending; // of who tells it
    private final AtomicBoolean saidGoodbye = new AtomicBoolean();

    Connection(Connections owner, String transportId, boolean accepting, long expected) {
        this.owner = owner;
        this.transportId = transportId;
        this.accepting = accepting;
        this.expected = expected;
    }

    /**
     * The process at the other end.
     *
     * @return its identity
     */
    public Peer peer() {
        Peer known = peer;
        if (known == null) {
            throw new IllegalStateException("the handshake is not over");
        }
        return known;
    }

    /**
     * The process at the other end, as who encodes for it needs to know it.
     *
     * @return its name and its transports
     */
    public EncodeTarget target() {
        return target;
    }

    /**
     * What carries this connection.
     *
     * @return the id of the transport
     */
    public String transportId() {
        return transportId;
    }

    /**
     * Sends a message. Never blocks; what is sent on a connection that has ended fails through its receipt.
     *
     * @param kind what it is
     * @param id a number that tells it from all others of its kind that are under way in this direction
     * @param parts the payload, at most 1 GiB + 1 MiB together; not to be changed until the receipt says so
     * @return the receipt
     */
    public Sent send(Kind kind, long id, ByteBuffer... parts) {
        Link open = link;
        if (kind == Kind.CALL && open != null) {
            open.expectAnswer();
        }
        return out().add(kind, id, List.of(parts), List.of());
    }

    /**
     * Sends a message that contains an encoded value, after the shapes that it needs and this connection has not carried yet. Never blocks.
     *
     * @param kind what it is
     * @param id a number that tells it from all others of its kind that are under way in this direction
     * @param head what comes before the value; may be empty
     * @param value the value, whose borrowed memory must not be changed until the receipt says so
     * @return the receipt
     */
    public Sent send(Kind kind, long id, ByteBuffer head, Encoded value) {
        List<ByteBuffer> parts = new ArrayList<>();
        parts.add(head);
        parts.addAll(value.parts());
        return out().add(kind, id, parts, value.shapes());
    }

    /**
     * Sends a message that contains several encoded values, after the shapes that they need and this connection has not carried yet. Never blocks.
     *
     * @param kind what it is
     * @param id a number that tells it from all others of its kind that are under way in this direction
     * @param payload the values and what stands around them; not to be changed until the receipt says so
     * @param shapes what the values refer to
     * @return the receipt
     */
    public Sent send(Kind kind, long id, ByteBuffer payload, List<Shape> shapes) {
        return out().add(kind, id, List.of(payload), shapes);
    }

    /**
     * What the peer has announced, to decode its messages with.
     *
     * @return the table of this connection
     */
    public ShapeTable shapes() {
        return shapes;
    }

    /**
     * Waits while more than a few MiB wait to be written, so that who sends without waiting for receipts does not fill the memory.
     *
     * @param timeout how long at most
     * @return false if it was too short; true if there is room or the connection has ended
     * @throws InterruptedException if the thread was interrupted
     */
    public boolean awaitRoom(Duration timeout) throws InterruptedException {
        return out().awaitRoom(timeout);
    }

    /**
     * For a thread that waits for a message of the peer and expects it soon: receives on this thread for a moment, while messages have been answered quickly. May run
     * the message handlers. Looks again and again for a tenth of a millisecond at most and is indifferent to interrupts. When the wait is over, {@link #waited} is to be called.
     *
     * @param arrived whether the message has come; asked often; does not block
     * @return whether it has; if not, it is to be waited for otherwise
     */
    public boolean receiveHere(BooleanSupplier arrived) {
        Link open = link;
        if (open == null || !waits.worthTrying() || isVirtual(Thread.currentThread())) {
            return false;
        }
        long begun = System.nanoTime();
        boolean came = open.receiveHere(arrived, ShortWaits.TRY_NANOS);
        if (came || System.nanoTime() - begun >= ShortWaits.TRY_NANOS) {
            waits.tried(came);
        } else {
            waits.refused();
        }
        return came;
    }

    /** One that had to wait for a lock while it receives would give its carrier away, and leave the link to nobody. */
    private static boolean isVirtual(Thread thread) {
        return thread.getClass() != Thread.class && thread.getClass().getName().endsWith("VirtualThread");
    }

    /**
     * Tells how long a wait for a message took that has come, so that {@link #receiveHere} knows whether the next will be short.
     *
     * @param nanos from the beginning of the wait until the message was there
     */
    public void waited(long nanos) {
        waits.waited(nanos);
    }

    /**
     * Whether this connection has ended.
     *
     * @return true once nothing can be sent or received any more
     */
    public boolean isEnded() {
        return over;
    }

    /**
     * Whether the peer closed the connection of its own will, rather than died.
     *
     * @return true once its last message was received
     */
    public boolean peerSaidGoodbye() {
        return peerSaidGoodbye;
    }

    /**
     * Closes this side of the connection after what was sent before is written. Blocks until that is so, at most the given time; idempotent. For tests
     * and for the end of the process: a connection is shared by everything in a process that talks to that peer.
     *
     * @param timeout how long at most
     */
    public void close(Duration timeout) {
        Sent goodbye = sayGoodbye();
        try {
            if (goodbye != null) {
                goodbye.await(timeout);
            }
        } catch (InterruptedException interrupt) {
            Thread.currentThread().interrupt();
        } catch (IOException ended) {
            return; // which is what was wanted
        } finally {
            drop();
        }
    }

    /** Refuses what is sent from now on, and lets the last message follow what was sent before; null if there was no link yet. */
    @Nullable
    Sent sayGoodbye() {
        if (saidGoodbye.compareAndSet(false, true)) {
            owner.closing(this);
        }
        Outbox out = outbox;
        return out == null ? null : out.addGoodbye();
    }

    @Override
    public String toString() {
        Peer known = peer;
        return (known == null ? "a process not known yet" : known.toString()) + " over " + transportId;
    }

    CompletableFuture<Peer> opened() {
        return opened;
    }

    CompletableFuture<@Nullable Void> ended() {
        return ended;
    }

    boolean isOpen() {
        return peer != null && !over;
    }

    LinkHandler handler() {
        return new Handler();
    }

    void attach(Link connected) {
        link = connected;
        outbox = new Outbox(connected, Math.min(connected.maxFrameBytes(), MAX_FRAME_BYTES));
        if (!accepting) {
            send(Kind.HELLO, 0, new Hello(owner.self(), expected).encode());
        }
    }

    @Nullable
    Link link() {
        return link;
    }

    void drop() {
        Link open = link;
        if (open != null) {
            open.close();
        }
    }

    private Outbox out() {
        Outbox out = outbox;
        if (out == null) {
            throw new IllegalStateException("not connected yet");
        }
        return out;
    }

    private void receive(ByteBuffer frame) throws ProtocolException {
        FrameHeader.check(frame);
        Kind kind = FrameHeader.kind(frame);
        if (peer == null) {
            shakeHands(kind, frame);
            return;
        }
        long id = FrameHeader.id(frame);
        ByteBuffer payload = inbox.add(kind, frame);
        if (payload == null) {
            return;
        }
        switch (kind) {
            case SHAPE -> shapes.define((int) id, payload);
            case GOODBYE -> peerSaidGoodbye = true;
            case HELLO, WELCOME, REFUSED -> throw new ProtocolException("a " + kind + " after the handshake");
            default -> owner.handlerOf(kind).onMessage(this, kind, id, payload);
        }
    }

    private void shakeHands(Kind kind, ByteBuffer frame) throws ProtocolException {
        if (frame.remaining() > Hello.MAX_FRAME_BYTES || FrameHeader.flags(frame) != 0) {
            throw new ProtocolException("a handshake of " + frame.remaining() + " bytes; " + Hello.MAX_FRAME_BYTES
                    + " in one frame are allowed");
        }
        ByteBuffer payload = frame.duplicate();
        payload.position(payload.position() + FrameHeader.BYTES);
        if (accepting && kind == Kind.HELLO) {
            answer(payload);
        } else if (!accepting && kind == Kind.WELCOME) {
            Peer host = Hello.decode(payload).self();
            if (expected != 0 && host.incarnation() != expected) {
                throw new ProtocolException("the process that listened there has ended; now it is " + host);
            }
            open(host);
        } else if (!accepting && kind == Kind.REFUSED) {
            throw new ProtocolException(StandardCharsets.UTF_8.decode(payload).toString());
        } else {
            throw new ProtocolException("a handshake that begins with " + kind);
        }
    }

    private void answer(ByteBuffer hello) {
        try {
            Hello greeting = Hello.decode(hello);
            if (greeting.expected() != 0 && greeting.expected() != owner.self().incarnation()) {
                throw new ProtocolException("the process that listened here has ended; now it is " + owner.self());
            }
            send(Kind.WELCOME, 0, new Hello(owner.self(), 0).encode());
            open(greeting.self());
        } catch (ProtocolException refusal) {
            // The peer closes when it has read this; if it does not, the bound on the handshake's time does.
            send(Kind.REFUSED, 0, StandardCharsets.UTF_8.encode(String.valueOf(refusal.getMessage())));
        }
    }

    private void open(Peer other) {
        target = new EncodeTarget(other.toString(), Hello.tellsAll(other) ? other.transports() : null);
        peer = other;
        opened.complete(other);
    }

    /** For want of memory each step is tried again, for a while: what filled it may have been what this connection carried, and who waits here hears of the end from nobody else. */
    private void end(@Nullable Throwable cause) {
        over = true; // before those above are told: who begins to use it now sees it himself
        Farewell farewell = Farewell.CAUSE;
        for (int failures = 0; farewell != Farewell.SAID; ) {
            try {
                say(farewell, cause);
                farewell = farewell.next();
            } catch (OutOfMemoryError full) {
                if (++failures == MAX_FAILURES) {
                    throw full;
                }
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        }
    }

    private void say(Farewell what, @Nullable Throwable cause) {
        Throwable reason = cause instanceof UncheckedIOException wrapped ? wrapped.getCause() : cause;
        switch (what) {
            case CAUSE ->
                ending = new IOException(
                        "the connection to " + this + " has ended" + (reason == null ? "" : ": " + reason.getMessage()),
                        reason);
            case SENDERS -> {
                Outbox out = outbox;
                if (out != null) {
                    out.end(requireNonNull(ending));
                }
            }
            case OPENING -> opened.completeExceptionally(requireNonNull(ending));
            case USERS -> {
                if (peer != null) {
                    owner.closed(this, reason);
                }
            }
            case OWNER -> {
                ended.complete(null);
                owner.forget(this);
            }
            case SAID -> throw new IllegalStateException("all is said");
        }
    }

    /** Whom the end of a connection is told, one after the other; each of these can be said twice. */
    private enum Farewell {
        CAUSE,
        SENDERS,
        OPENING,
        USERS,
        OWNER,
        SAID;

        private static final Farewell[] ALL = values();

        Farewell next() {
            return ALL[ordinal() + 1];
        }
    }

    /** What the link calls; apart, so that those methods are nobody else's. */
    private final class Handler implements LinkHandler {
        @Override
        public void onFrame(Link from, ByteBuffer frame) {
            try {
                receive(frame);
            } catch (ProtocolException violation) {
                throw new UncheckedIOException(violation);
            }
        }

        @Override
        public void onWritten(Link to, long position) {
            Outbox out = outbox;
            if (out != null) {
                out.pump();
            }
        }

        @Override
        public void onClosed(Link ended, @Nullable Throwable cause) {
            end(cause);
        }
    }
}
