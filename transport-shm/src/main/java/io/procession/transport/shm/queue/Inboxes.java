package io.procession.transport.shm.queue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/** The inbox of this process, one for all its queues, and the way to ring at those of others. It is there while somebody listens. Safe for all threads. */
final class Inboxes {
    private final LongFunction<Path> where;
    private final long me;
    private final Set<Runnable> listeners = ConcurrentHashMap.newKeySet();
    // Guarded by this.
    private @Nullable Inbox inbox;
    private boolean closed;

    /**
     * No inbox yet.
     *
     * @param where the FIFO of a process
     * @param me this process
     */
    Inboxes(LongFunction<Path> where, long me) {
        this.where = where;
        this.me = me;
    }

    /**
     * Tells somebody whenever this process is rung at.
     *
     * @param onRing called on the thread of the inbox; must not block
     * @throws IOException if there can be no inbox; the text says why
     */
    synchronized void listen(Runnable onRing) throws IOException {
        if (closed || !listeners.add(onRing) || inbox != null) {
            return; // who comes when the process exits is woken by his own clock
        }
        try {
            inbox = Inbox.open(where.apply(me), this::rung);
        } catch (Throwable t) {
            listeners.remove(onRing);
            throw t;
        }
    }

    /** Tells somebody no more; the last one takes the inbox with him. */
    synchronized void ignore(Runnable onRing) {
        if (listeners.remove(onRing) && listeners.isEmpty()) {
            closeInbox();
        }
    }

    /**
     * Rings at a process.
     *
     * @return false if it has no inbox any more
     */
    boolean ring(long incarnation) throws IOException {
        return Inbox.ring(where.apply(incarnation));
    }

    /** Removes the inbox of a dead process. */
    void bury(long incarnation) {
        try {
            Files.deleteIfExists(where.apply(incarnation));
        } catch (IOException e) {
            // It is swept with its family.
        }
    }

    /** Ends the thread, for good. */
    synchronized void close() {
        closed = true;
        closeInbox();
    }

    private void closeInbox() {
        Inbox open = inbox;
        inbox = null;
        if (open != null) {
            bury(me); // first, so that nobody rings where nobody listens
            open.close();
        }
    }

    private void rung() {
        listeners.forEach(Runnable::run);
    }
}
