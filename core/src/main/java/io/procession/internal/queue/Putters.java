package io.procession.internal.queue;

import io.procession.internal.codec.Encoded;
import io.procession.internal.connection.Deadline;
import io.procession.internal.connection.Sent;
import io.procession.internal.hosting.Ending;
import io.procession.internal.hosting.ObjectEndedException;
import io.procession.internal.hosting.RemoteObject;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * All who put into one queue of another process, in this one. A put is over when its item is in the kernel; before, it asks for a place if the queue is bounded.
 *
 * <p>When the queue is shut down, the host is told once no put of this process is under way: then it knows that nothing comes any more, and says so to those who take.
 */
final class Putters {
    /** Items up to this are sent together, in one frame that is copied. */
    private static final int TOGETHER_BYTES = 15 << 10;

    private static final ByteBuffer PUT = QueueWire.alone(QueueWire.PUT).asReadOnlyBuffer();

    private final RemoteObject object;
    private final Places places;
    private final PutGate gate = new PutGate();
    private final SharedAnswer opening;
    private volatile QueueEngine.@Nullable Terms terms;
    private volatile boolean closedHere;

    Putters(RemoteObject object) {
        this.object = object;
        this.places = new Places(object);
        this.opening = new SharedAnswer(object, QueueWire.OPEN);
    }

    boolean put(Encoded item, @Nullable Duration timeout) throws ObjectEndedException, InterruptedException {
        // Without a wait for room, the host's answer and the way out are waited for all the same.
        boolean waits = timeout == null || (!timeout.isZero() && !timeout.isNegative());
        Deadline deadline = Deadline.after(waits ? timeout : null);
        QueueEngine.Terms known = terms(deadline);
        if (known == null) {
            return false;
        }
        long bytes = item.sizeBytes();
        Contents.check(bytes, known.capacityBytes());
        enter();
        try {
            if (!known.isBounded()) {
                return send(prefixed(PUT, item.parts()), deadline);
            }
            if (places.reserve(new long[] {bytes}, waits, deadline) == 0) {
                return false;
            }
            boolean sent = false;
            try {
                sent = send(prefixed(PUT, item.parts()), deadline);
                return sent;
            } finally {
                if (!sent && object.ending() == null) {
                    object.cast(QueueWire.release(1, bytes));
                }
            }
        } finally {
            leave();
        }
    }

    void putAll(List<Encoded> items, IntConsumer progress) throws ObjectEndedException, InterruptedException {
        Deadline never = Deadline.after(null);
        QueueEngine.Terms known = terms(never);
        if (known == null) {
            throw new IllegalStateException("the deadline that never comes came");
        }
        for (Encoded item : items) {
            Contents.check(item.sizeBytes(), known.capacityBytes());
        }
        int put = 0;
        while (put < items.size()) {
            enter();
            int some;
            try {
                List<Encoded> together = together(items.subList(put, items.size()));
                some = known.isBounded() ? putReserved(together) : putNow(together);
            } finally {
                leave();
            }
            put += some;
            progress.accept(some);
        }
    }

    /** Nothing more is put by this process. */
    void stop() {
        if (gate.shut()) {
            tellOver();
        }
    }

    /** The host wants back places that are not used. */
    void givePlacesBack() {
        places.giveBack();
    }

    void end(Ending why) {
        closedHere |= why.reason() == Ending.Reason.CLOSED_HERE;
        places.end(why);
    }

    private int putReserved(List<Encoded> items) throws ObjectEndedException, InterruptedException {
        long[] bytes = new long[items.size()];
        long left = 0;
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = items.get(i).sizeBytes();
        }
        int granted = places.reserve(bytes, true, Deadline.after(null));
        for (int i = 0; i < granted; i++) {
            left += bytes[i];
        }
        boolean sent = false;
        try {
            putNow(items.subList(0, granted));
            sent = true;
            return granted;
        } finally {
            if (!sent && object.ending() == null) {
                object.cast(QueueWire.release(granted, left));
            }
        }
    }

    private int putNow(List<Encoded> items) throws ObjectEndedException, InterruptedException {
        if (items.size() == 1) {
            send(prefixed(PUT, items.get(0).parts()), Deadline.after(null));
            return 1;
        }
        int[] lengths = new int[items.size()];
        List<ByteBuffer> parts = new ArrayList<>();
        for (int i = 0; i < lengths.length; i++) {
            lengths[i] = (int) items.get(i).sizeBytes();
            parts.addAll(items.get(i).parts());
        }
        send(prefixed(QueueWire.putMany(lengths), parts), Deadline.after(null));
        return lengths.length;
    }

    /** As many from the front as fit into one frame. */
    private static List<Encoded> together(List<Encoded> items) {
        long bytes = 0;
        int count = 0;
        while (count < items.size()
                && count < Mark.MAX_ITEMS
                && (bytes += items.get(count).sizeBytes() + Integer.BYTES) <= TOGETHER_BYTES) {
            count++;
        }
        return items.subList(0, Math.max(1, count));
    }

    private void enter() throws ObjectEndedException {
        if (closedHere) {
            throw new ObjectEndedException(Ending.CLOSED_HERE);
        }
        if (!gate.enter()) {
            throw new ObjectEndedException(Ending.SHUT_DOWN);
        }
    }

    private void leave() {
        if (gate.leave()) {
            tellOver();
        }
    }

    private void tellOver() {
        try {
            object.cast(QueueWire.alone(QueueWire.STOPPED));
        } catch (ObjectEndedException | IllegalStateException ended) {
            // then nobody waits to hear it
        }
    }

    private QueueEngine.@Nullable Terms terms(Deadline deadline) throws ObjectEndedException, InterruptedException {
        QueueEngine.Terms known = terms;
        if (known != null && object.ending() == null) {
            return known;
        }
        if (object.ending() == null && gate.isShut()) {
            throw new ObjectEndedException(Ending.SHUT_DOWN); // without asking: who has little time would not hear it
        }
        if (!object.connect(deadline)) {
            return null;
        }
        ByteBuffer answer = opening.await(deadline);
        if (answer == null) {
            return null;
        }
        if (answer.get() == QueueWire.REFUSED) {
            gate.shut(); // none has begun; if the host asks as well, it is answered then
            throw new ObjectEndedException(Ending.SHUT_DOWN);
        }
        known = new QueueEngine.Terms(answer.getLong(), answer.getLong());
        terms = known;
        return known;
    }

    private static ByteBuffer[] prefixed(ByteBuffer head, List<ByteBuffer> item) {
        ByteBuffer[] parts = new ByteBuffer[item.size() + 1];
        parts[0] = head;
        for (int i = 0; i < item.size(); i++) {
            parts[i + 1] = item.get(i);
        }
        return parts;
    }

    /** Sends items and waits until they are in the kernel; false if the time was too short, or it throws, and then they are not sent. */
    private boolean send(ByteBuffer[] message, Deadline deadline) throws ObjectEndedException, InterruptedException {
        Sent sent = object.cast(message);
        if (sent.isWritten()) {
            return true;
        }
        try {
            return sent.await(deadline.left()) || !sent.withdraw();
        } catch (InterruptedException interrupt) {
            if (sent.withdraw()) {
                throw interrupt;
            }
            // Every byte is with the link, and the items will arrive: they are put, and the interrupt is for what the
            // thread waits for next.
            Thread.currentThread().interrupt();
            return true;
        } catch (IOException ended) {
            throw new ObjectEndedException(object.endingAfter(ended));
        }
    }
}
