package io.procession.internal.queue;

import io.procession.internal.codec.EncodeTarget;
import io.procession.internal.codec.Encoded;
import io.procession.internal.codec.Handle;
import io.procession.internal.connection.Deadline;
import io.procession.internal.hosting.Ending;
import io.procession.internal.hosting.Evidence;
import io.procession.internal.hosting.ObjectEndedException;
import io.procession.internal.hosting.RemoteObject;
import io.procession.internal.hosting.RemoteView;
import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/** A queue that another process owns, as this one sees it. Takes go through {@link Takers}, puts through {@link Putters}. */
public final class RemoteQueue implements QueueEngine, RemoteView {
    private final RemoteObject object;
    private final Handle handle;
    private final Takers takers;
    private final Putters putters;
    private final SharedAnswer fills;
    private final Questions questions;
    private volatile boolean closedHere;
    private @Nullable Object face; // guarded by this

    RemoteQueue(RemoteObject object, Handle handle, Evidence evidence) {
        this.object = object;
        this.handle = handle;
        this.takers = new Takers(object, evidence);
        this.putters = new Putters(object);
        this.fills = new SharedAnswer(object, QueueWire.FILL);
        this.questions = new Questions(object);
        Takers takersAlone = takers; // what follows must not hold this view
        Putters puttersAlone = putters;
        object.whenForgotten(message -> forgotten(object, takersAlone, puttersAlone, message));
    }

    @Override
    public @Nullable EncodeTarget owner() {
        return object.host();
    }

    @Override
    public boolean meetOwner(Deadline deadline) throws ObjectEndedException, InterruptedException {
        try {
            return connected(deadline);
        } finally {
            Reference.reachabilityFence(this);
        }
    }

    @Override
    public boolean put(Encoded item, @Nullable Duration timeout) throws ObjectEndedException, InterruptedException {
        try {
            check();
            return putters.put(item, timeout);
        } finally {
            Reference.reachabilityFence(this); // else nobody tells who waits of the end, if nobody else holds the queue
        }
    }

    @Override
    public void putAll(List<Encoded> items, IntConsumer progress) throws ObjectEndedException, InterruptedException {
        try {
            check();
            putters.putAll(items, progress);
        } finally {
            Reference.reachabilityFence(this);
        }
    }

    @Override
    public @Nullable Delivery take(@Nullable Duration timeout) throws ObjectEndedException, InterruptedException {
        try {
            Deadline deadline = Deadline.after(timeout);
            check();
            return object.connect(deadline) ? takers.take(deadline) : null;
        } finally {
            Reference.reachabilityFence(this);
        }
    }

    @Override
    public @Nullable Delivery poll(int maxItems) throws ObjectEndedException, InterruptedException {
        try {
            check();
            object.connect(Deadline.after(null));
            return takers.look(maxItems);
        } finally {
            Reference.reachabilityFence(this);
        }
    }

    @Override
    public Pending takeLater(Later later) {
        try {
            check();
            object.connect(Deadline.after(null));
            return takers.takeLater(later);
        } catch (ObjectEndedException | IllegalStateException failure) {
            later.failed(failure);
        } catch (InterruptedException interrupt) {
            Thread.currentThread().interrupt();
            later.failed(interrupt);
        }
        return () -> false;
    }

    @Override
    public Fill fill() throws ObjectEndedException, InterruptedException {
        try {
            ByteBuffer answer = connected(Deadline.after(null)) ? fills.await(Deadline.after(null)) : null;
            if (answer == null) {
                throw new IllegalStateException("the deadline that never comes came");
            }
            answer.get();
            return new Fill(answer.getLong(), answer.getLong());
        } finally {
            Reference.reachabilityFence(this);
        }
    }

    @Override
    public void shutDown(boolean immediate) throws ObjectEndedException, InterruptedException {
        try {
            connected(Deadline.after(null));
            questions.ask(QueueWire.flagged(QueueWire.SHUT_DOWN, immediate), Deadline.after(null));
        } finally {
            Reference.reachabilityFence(this);
        }
    }

    @Override
    public long taskDone(int items) throws ObjectEndedException, InterruptedException {
        try {
            connected(Deadline.after(null));
            ByteBuffer answer = questions.ask(QueueWire.counted(QueueWire.TASK_DONE, items), Deadline.after(null));
            return answer != null && answer.get() == QueueWire.TOO_MANY ? answer.getLong() : -1;
        } finally {
            Reference.reachabilityFence(this);
        }
    }

    @Override
    public @Nullable Finished join(@Nullable Duration timeout) throws ObjectEndedException, InterruptedException {
        try {
            Deadline deadline = Deadline.after(timeout);
            if (!connected(deadline)) {
                return null;
            }
            ByteBuffer answer = questions.ask(QueueWire.alone(QueueWire.JOIN), deadline);
            return answer == null || answer.get() != QueueWire.JOINED ? null : QueueWire.joined(answer);
        } finally {
            Reference.reachabilityFence(this);
        }
    }

    @Override
    public void close() {
        synchronized (this) {
            if (closedHere || object.ending() != null) {
                return;
            }
            closedHere = true;
        }
        // The object itself does not end: what is on its way to here still comes, and is given back.
        takers.end(Ending.CLOSED_HERE);
        putters.end(Ending.CLOSED_HERE);
        questions.close();
    }

    @Override
    public @Nullable Ending ending() {
        return closedHere ? Ending.CLOSED_HERE : object.ending();
    }

    @Override
    public Handle handle() {
        Ending end = ending();
        if (end != null) {
            throw new IllegalStateException("the queue " + end.text());
        }
        return handle;
    }

    @Override
    public String whereabouts() {
        return "number " + handle.objectId() + " of the process at " + handle.address();
    }

    @Override
    public synchronized Object face(Function<QueueEngine, Object> maker) {
        if (face == null) {
            face = maker.apply(this);
        }
        return face;
    }

    @Override
    public void onEnded(Ending ending) {
        takers.end(ending);
        putters.end(ending);
    }

    @Override
    public void onTold(ByteBuffer message) {
        switch (message.get()) {
            case QueueWire.RECALL -> takers.recall();
            case QueueWire.PLACES -> putters.givePlacesBack();
            default -> {
                takers.stop(message.get() != 0);
                putters.stop();
            }
        }
    }

    /** The view is gone, and with it all who took or put; what had come for them goes back. */
    private static void forgotten(RemoteObject object, Takers takers, Putters putters, @Nullable ByteBuffer message) {
        takers.end(Ending.CLOSED_HERE);
        putters.end(Ending.CLOSED_HERE);
        if (message != null && object.ending() == null) {
            try {
                switch (message.get()) {
                    case QueueWire.RECALL -> object.cast(QueueWire.alone(QueueWire.RECALLED));
                    case QueueWire.PLACES -> object.cast(QueueWire.counted(QueueWire.PLACES_BACK, 0));
                    default -> object.cast(QueueWire.alone(QueueWire.STOPPED));
                }
            } catch (ObjectEndedException ended) {
                // then nobody waits for the answer
            }
        }
    }

    private void check() throws ObjectEndedException {
        if (closedHere) {
            throw new ObjectEndedException(Ending.CLOSED_HERE);
        }
    }

    private boolean connected(Deadline deadline) throws ObjectEndedException, InterruptedException {
        check();
        return object.connect(deadline);
    }
}
