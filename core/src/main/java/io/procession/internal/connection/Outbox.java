package io.procession.internal.connection;

import io.procession.internal.codec.Shape;
import io.procession.transport.Link;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What a connection has to send: decides which message gives the next frame, and hands only so many to the link that none waits long behind another.
 *
 * <p>Urgent messages go first and whole. The others take turns, one frame each. Cut messages are begun in order and only while all that are begun
 * stay below {@link #MAX_BEGUN_BYTES} together, which the receiver relies on.
 *
 * <p>One thread at a time, whoever comes first, is the <em>pump</em>: it takes a frame under the lock and hands it over outside, so that no
 * code of a transport runs under the lock and frames keep their order.
 */
final class Outbox {
    /** What the cut messages that are begun and not finished may be in sum; also the largest message. */
    static final long MAX_BEGUN_BYTES = (1L << 30) + (1L << 20);

    /** What the link may hold that is not written, in bytes and frames; a single frame always may. */
    private static final int WINDOW_BYTES = 256 << 10;

    private static final int WINDOW_FRAMES = 256;

    /** Above this, {@link #awaitRoom} waits. */
    private static final long ROOM_BYTES = 4L << 20;

    private record Handed(
            long position, int bytes, @Nullable OutgoingMessage completes) {}

    private final Link link;
    private final int maxFrameBytes;
    private final Object lock = new Object();

    // All below guarded by lock.
    private final Set<Integer> announced = new HashSet<>();
    private final Deque<OutgoingMessage> urgent = new ArrayDeque<>();
    private final Deque<OutgoingMessage> turns = new ArrayDeque<>();
    private final Deque<OutgoingMessage> notBegun = new ArrayDeque<>();
    private final Deque<Handed> handed = new ArrayDeque<>();
    private long begunBytes;
    private long waitingBytes;
    private int handedBytes;
    private boolean pumping;
    private @Nullable OutgoingMessage goodbye;
    private @Nullable OutgoingMessage last;
    private @Nullable IOException ended;

    Outbox(Link link, int maxFrameBytes) {
        this.link = link;
        this.maxFrameBytes = maxFrameBytes;
    }

    Sent add(Kind kind, long id, List<ByteBuffer> parts, List<Shape> shapes) {
        OutgoingMessage message = new OutgoingMessage(this, kind, 0, id, parts);
        if (message.payloadBytes > MAX_BEGUN_BYTES) {
            throw new IllegalArgumentException(
                    "a message of " + message.payloadBytes + " bytes; at most " + MAX_BEGUN_BYTES + " can be sent");
        }
        synchronized (lock) {
            IOException refusal = goodbye == null ? ended : new ClosedChannelException();
            if (refusal != null) {
                message.sent.failed(refusal);
                return message.sent;
            }
            for (Shape shape : shapes) {
                // In one step with the message that needs it: who finds a shape announced must come after it.
                if (announced.add(shape.id())) {
                    ByteBuffer definition = shape.bytes();
                    waitingBytes += definition.remaining();
                    urgent.add(new OutgoingMessage(this, Kind.SHAPE, 0, shape.id(), List.of(definition)));
                }
            }
            waitingBytes += message.payloadBytes;
            if (message.isCut(maxFrameBytes)) {
                notBegun.add(message);
            } else {
                turns.add(message);
            }
        }
        pump();
        return message.sent;
    }

    /** Sends the last message of this connection after all others; what is added from now on is refused. */
    Sent addGoodbye() {
        Sent sent;
        synchronized (lock) {
            if (goodbye == null) {
                goodbye = new OutgoingMessage(this, Kind.GOODBYE, 0, 0, List.of());
                if (ended == null) {
                    last = goodbye;
                } else {
                    goodbye.sent.failed(ended);
                }
            }
            sent = goodbye.sent;
        }
        pump();
        return sent;
    }

    /** Called by the link's handler, and whenever something was added. Who finds another thread pumping may go: it looks again. */
    void pump() {
        synchronized (lock) {
            if (pumping) {
                return;
            }
            pumping = true;
        }
        OutgoingMessage message = null;
        try {
            long position = 0;
            int bytes = 0;
            while (true) {
                ByteBuffer[] frame;
                synchronized (lock) {
                    if (message != null) {
                        message.handed(position);
                        handedBytes += bytes;
                        handed.add(new Handed(position, bytes, message.exhausted() ? message : null));
                    }
                    settle();
                    failHandedIfEnded(); // the link may have ended while this frame was in nobody's list
                    message = next();
                    if (message == null) {
                        pumping = false;
                        return;
                    }
                    frame = message.nextFrame(maxFrameBytes);
                    afterCut(message);
                }
                bytes = bytes(frame);
                position = link.send(frame);
            }
        } catch (RuntimeException | Error defect) {
            link.close(); // nobody pumps any more, and the end of the link tells everyone else
            if (message != null) {
                message.sent.failed(new IOException("cannot send to the link: " + defect, defect));
            }
            throw defect;
        }
    }

    boolean withdraw(OutgoingMessage message) {
        synchronized (lock) {
            if (message.exhausted()) {
                return false;
            }
            if (ended != null || message.withdrawn()) {
                return true;
            }
            message.withdrawNow();
            message.sent.failed(new IOException("withdrawn"));
            if (!message.started()) {
                drop(message);
            }
        }
        pump(); // the next turn of one that was started becomes the frame that tells the receiver
        return true;
    }

    /** Takes out a message of which no frame was cut. */
    private void drop(OutgoingMessage message) {
        boolean hadNoRoom = waitingBytes > ROOM_BYTES;
        waitingBytes -= message.payloadBytes;
        if (turns.remove(message)) {
            finish(message);
        } else {
            notBegun.remove(message);
        }
        if (hadNoRoom && waitingBytes <= ROOM_BYTES) {
            lock.notifyAll();
        }
    }

    /** Waits while much waits to be handed over; returns at once if the connection has ended. */
    boolean awaitRoom(Duration timeout) throws InterruptedException {
        Deadline deadline = Deadline.after(timeout);
        synchronized (lock) {
            while (waitingBytes > ROOM_BYTES && ended == null) {
                long left = deadline.leftNanos();
                if (left <= 0) {
                    return false;
                }
                TimeUnit.NANOSECONDS.timedWait(lock, left);
            }
            return true;
        }
    }

    /** Nothing will be written any more. */
    void end(IOException cause) {
        synchronized (lock) {
            settle();
            ended = ended == null ? cause : ended;
            failHandedIfEnded();
            for (Deque<OutgoingMessage> queue : List.of(urgent, turns, notBegun)) {
                queue.forEach(message -> message.sent.failed(cause));
                queue.clear();
            }
            if (last != null) {
                last.sent.failed(cause);
                last = null;
            }
            lock.notifyAll();
        }
    }

    /** What was handed over and not written by the end never will be. */
    private void failHandedIfEnded() {
        IOException cause = ended;
        if (cause != null) {
            for (Handed frame : handed) {
                if (frame.completes() != null) {
                    frame.completes().sent.failed(cause);
                }
            }
            handed.clear();
        }
    }

    /** Takes note of what was written. */
    private void settle() {
        long written = link.written();
        boolean hadNoRoom = waitingBytes > ROOM_BYTES;
        for (Handed first = handed.peek(); first != null && first.position() <= written; first = handed.peek()) {
            handed.remove();
            handedBytes -= first.bytes();
            if (first.completes() != null) {
                waitingBytes -= first.completes().payloadBytes;
                first.completes().sent.written();
            }
        }
        if (hadNoRoom && waitingBytes <= ROOM_BYTES) {
            lock.notifyAll();
        }
    }

    /** The message that gives the next frame, or null if none may go now. */
    private @Nullable OutgoingMessage next() {
        if (ended != null || (!handed.isEmpty() && (handedBytes >= WINDOW_BYTES || handed.size() >= WINDOW_FRAMES))) {
            return null;
        }
        begin();
        long written = link.written();
        OutgoingMessage first = urgent.peek();
        if (first != null) {
            // What follows may need it, so nothing overtakes it.
            return first.ready(maxFrameBytes, written) ? first : null;
        }
        for (Iterator<OutgoingMessage> turn = turns.iterator(); turn.hasNext(); ) {
            OutgoingMessage message = turn.next();
            if (message.withdrawn()) {
                turn.remove();
                finish(message);
                OutgoingMessage abort =
                        new OutgoingMessage(this, message.kind, FrameHeader.ABORT, message.id, List.of());
                waitingBytes -= message.payloadBytes;
                turns.addFirst(abort);
                return abort;
            }
            if (message.ready(maxFrameBytes, written)) {
                return message;
            }
        }
        return turns.isEmpty() && notBegun.isEmpty() ? last : null;
    }

    private void begin() {
        for (OutgoingMessage message = notBegun.peek();
                message != null && begunBytes + message.payloadBytes <= MAX_BEGUN_BYTES;
                message = notBegun.peek()) {
            begunBytes += message.payloadBytes;
            turns.add(notBegun.remove());
        }
    }

    private void afterCut(OutgoingMessage message) {
        if (urgent.peek() == message) {
            if (message.exhausted()) {
                urgent.remove();
            }
            return;
        }
        if (message == last) {
            last = null;
            return;
        }
        turns.remove(message);
        if (message.exhausted()) {
            finish(message);
        } else {
            turns.add(message);
        }
    }

    private void finish(OutgoingMessage message) {
        if (message.isCut(maxFrameBytes)) {
            begunBytes -= message.payloadBytes;
        }
    }

    private static int bytes(ByteBuffer[] frame) {
        int bytes = 0;
        for (ByteBuffer part : frame) {
            bytes += part.remaining();
        }
        return bytes;
    }
}
