package io.procession.internal.queue;

import io.procession.internal.codec.EncodeTarget;
import io.procession.internal.codec.Handle;
import io.procession.internal.connection.Deadline;
import io.procession.internal.hosting.Ending;
import io.procession.internal.hosting.Hosting;
import io.procession.internal.hosting.ObjectEndedException;
import io.procession.internal.hosting.RemoteObject;
import io.procession.internal.hosting.RemoteView;
import io.procession.transport.queue.SharedQueue;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A queue without a host that another process owns. Puts and takes do not need the owner; the connection with it tells each side when the other has ended. If the owner does not answer for a while, most likely
 * because it is stopped, the queue is used without one.
 */
public final class JoinedSharedQueue extends SharedEngine implements RemoteView {
    /** How long the first use waits for the owner. */
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    /** Outlives the view, so that what is left behind can be told apart from who has forgotten it. */
    private static final class Attachment {
        private volatile @Nullable SharedQueue queue;

        void leave() {
            SharedQueue attached = queue;
            if (attached != null) {
                attached.leave();
            }
        }
    }

    private final Hosting hosting;
    private final RemoteObject object;
    private final Handle handle;
    private final Attachment attachment = new Attachment();
    private volatile boolean known; // to the owner
    private volatile boolean impatient;
    private volatile boolean closedHere;

    JoinedSharedQueue(Hosting hosting, RemoteObject object, Handle handle) {
        this.hosting = hosting;
        this.object = object;
        this.handle = handle;
        Attachment alone = attachment;
        object.whenForgotten(message -> alone.leave());
    }

    @Override
    public @Nullable EncodeTarget owner() {
        return object.host();
    }

    /** True also if the owner does not answer: the queue is used without one. */
    @Override
    public boolean meetOwner(Deadline deadline) throws ObjectEndedException, InterruptedException {
        try {
            queue(deadline);
            return true;
        } finally {
            Reference.reachabilityFence(this);
        }
    }

    @Override
    SharedQueue queue(Deadline deadline) throws ObjectEndedException, InterruptedException {
        Ending end = closedHere ? Ending.CLOSED_HERE : object.ending();
        if (end != null) {
            throw new ObjectEndedException(end);
        }
        SharedQueue attached = attachment.queue;
        if (attached == null) {
            attached = attach();
        }
        if (!known) {
            introduce(attached, deadline);
        }
        return attached;
    }

    private synchronized SharedQueue attach() throws ObjectEndedException {
        SharedQueue attached = attachment.queue;
        if (attached != null) {
            return attached;
        }
        try {
            attached = SharedSpace.of(hosting, handle.address().transport())
                    .attach(SharedSpace.name(handle.incarnation(), handle.objectId()));
        } catch (NoSuchFileException gone) {
            if (hosting.evidence().alive().test(handle.incarnation())) {
                object.end(Ending.CLOSED_BY_OWNER);
            }
            throw new ObjectEndedException(whyEnded());
        } catch (IOException failure) {
            throw new UncheckedIOException(
                    "the queue " + whereabouts() + " cannot be used here: " + failure.getMessage(), failure);
        }
        attachment.queue = attached;
        if (ending() != null) { // meanwhile, when there was nothing to leave yet
            attached.leave();
        }
        return attached;
    }

    /** Tells the owner that this process uses the queue, if it answers. */
    private void introduce(SharedQueue attached, Deadline deadline) throws ObjectEndedException, InterruptedException {
        try {
            if (object.connect(impatient ? Deadline.after(Duration.ZERO) : patience(deadline))) {
                object.cast(ByteBuffer.allocate(0));
                known = true;
            } else {
                impatient = true; // the attempt goes on, and the next use looks what came of it
            }
        } catch (ObjectEndedException unreachable) {
            throw attached.hasEnded() ? new ObjectEndedException(Ending.CLOSED_BY_OWNER) : unreachable;
        }
    }

    /** Who does not want to wait for an item, or for room, waits for the owner all the same, once. */
    private static Deadline patience(Deadline deadline) {
        Duration left = deadline.left();
        boolean shorter = !left.isZero() && !left.isNegative() && left.compareTo(PATIENCE) < 0;
        return Deadline.after(shorter ? left : PATIENCE);
    }

    @Override
    Ending whyEnded() {
        Ending end = ending();
        if (end != null) {
            return end;
        }
        object.hostIsDead(); // or the queue would not have said so
        Ending told = object.ending();
        return told == null ? Ending.CLOSED_BY_OWNER : told;
    }

    @Override
    public void close() {
        closedHere = true;
        attachment.leave();
    }

    @Override
    public @Nullable Ending ending() {
        if (closedHere) {
            return Ending.CLOSED_HERE;
        }
        Ending end = object.ending();
        SharedQueue attached = attachment.queue;
        return end == null && attached != null && attached.hasEnded() ? Ending.CLOSED_BY_OWNER : end;
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
        return "number " + handle.objectId() + " of the process at " + handle.address() + ", in shared memory";
    }

    @Override
    public void onEnded(Ending ending) {
        attachment.leave();
        SharedQueue attached = attachment.queue;
        if (attached != null && ending.reason() == Ending.Reason.HOST_ENDED) {
            attached.remove(); // nobody else is left to do it before the next sweep
        }
    }
}
