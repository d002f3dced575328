package io.procession.transport.tck;

import io.procession.transport.Link;
import io.procession.transport.LinkHandler;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One end of a link under test: the link, what arrived on it, and an eye on everything a transport promises of each call to its
 * handler. Safe for all threads.
 */
final class End implements LinkHandler {
    static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final long HERE_NANOS = 50_000;

    /** What arrived. */
    record Received(long number, int sizeBytes) {}

    /** What the handler does with a frame beyond recording it. */
    @FunctionalInterface
    interface Reaction {
        Reaction NONE = (end, link, number) -> {};

        void to(End end, Link link, Received frame);
    }

    private final String siteName;
    private final Reaction reaction;
    private final AtomicReference<@Nullable Thread> inside = new AtomicReference<>();
    private final List<Received> received = new ArrayList<>();
    private final List<String> violations = new ArrayList<>();
    /** Threads that receive on this link themselves. */
    private final Set<Thread> guests = ConcurrentHashMap.newKeySet();

    private @Nullable Link link;
    private boolean closed;
    private @Nullable Throwable cause;

    End(String siteName, Reaction reaction) {
        this.siteName = siteName;
        this.reaction = reaction;
    }

    /** Sends back what arrives: a frame of the same number and size. */
    static void echo(End end, Link link, Received frame) {
        link.send(Frames.frame(frame.number(), frame.sizeBytes()));
    }

    synchronized End with(Link opened) {
        if (link != null && !link.equals(opened)) {
            violations.add("the handler was called with another link than the one it belongs to");
        }
        link = opened;
        return this;
    }

    synchronized Link link() {
        if (link == null) {
            throw new AssertionError("not connected yet");
        }
        return link;
    }

    @Override
    public void onFrame(Link from, ByteBuffer frame) {
        enter("onFrame", from);
        try {
            if (frame.order() != ByteOrder.BIG_ENDIAN) {
                violation("a frame that is not big-endian");
            }
            Received arrived;
            try {
                arrived = new Received(Frames.verify(frame), frame.remaining());
            } catch (AssertionError damaged) {
                violation(damaged.toString());
                throw damaged;
            }
            try {
                reaction.to(this, from, arrived);
            } finally {
                record(arrived); // afterwards: who waits for the frame also waits for the reaction
            }
        } finally {
            inside.set(null);
        }
    }

    private synchronized void record(Received arrived) {
        received.add(arrived);
        notifyAll();
    }

    @Override
    public void onWritten(Link to, long position) {
        enter("onWritten", to);
        if (to.written() < position) {
            violation("onWritten(" + position + ") while written() is " + to.written());
        }
        synchronized (this) {
            notifyAll();
        }
        inside.set(null);
    }

    @Override
    public void onClosed(Link ended, @Nullable Throwable why) {
        enter("onClosed", ended);
        synchronized (this) {
            closed = true;
            cause = why;
            notifyAll();
        }
        inside.set(null);
    }

    private void enter(String call, Link which) {
        Thread thread = Thread.currentThread();
        Thread other = inside.getAndSet(thread);
        if (other != null) {
            violation(call + " on " + thread + " while " + other + " is in a call");
        }
        boolean guest = guests.contains(thread) && !call.equals("onClosed");
        if (!guest && (!thread.getName().contains(siteName) || !thread.isDaemon())) {
            violation(
                    call + " on " + thread + ", which is not a daemon thread named after the site '" + siteName + "'");
        }
        synchronized (this) {
            if (closed) {
                violations.add(call + " after onClosed");
            }
        }
        with(which);
    }

    /** As {@link Link#receiveHere}, until so many frames have arrived in all. */
    boolean receiveHere(int count) {
        guests.add(Thread.currentThread());
        try {
            return link().receiveHere(() -> count() >= count, HERE_NANOS);
        } finally {
            guests.remove(Thread.currentThread());
        }
    }

    private synchronized void violation(String what) {
        if (violations.size() < 10) {
            violations.add(what);
        }
        notifyAll();
    }

    /** Waits for so many frames in all and gives them out. */
    List<Received> awaitFrames(int count) {
        await(count + " frames", () -> received.size() >= count || closed);
        return received();
    }

    /** The numbers of the first frames, when so many have arrived. */
    List<Long> awaitNumbers(int count) {
        return awaitFrames(count).stream().map(Received::number).toList();
    }

    synchronized List<Received> received() {
        return List.copyOf(received);
    }

    synchronized int count() {
        return received.size();
    }

    /** Waits until a position is reached, by nothing but what the transport tells. */
    void awaitWritten(long position) {
        Link opened = link();
        await("written() to reach " + position, () -> opened.written() >= position || closed);
        if (opened.written() < position) {
            throw new AssertionError(
                    "the link closed at " + opened.written() + " before " + position + " was written: " + cause());
        }
    }

    /** Waits for the end and tells what broke the link, if anything did. */
    Optional<Throwable> awaitClosed() {
        await("onClosed", () -> closed);
        return cause();
    }

    synchronized boolean closed() {
        return closed;
    }

    private synchronized Optional<Throwable> cause() {
        return Optional.ofNullable(cause);
    }

    synchronized List<String> violations() {
        return List.copyOf(violations);
    }

    private synchronized void await(String what, BooleanSupplier reached) {
        long until = System.nanoTime() + PATIENCE.toNanos();
        while (!reached.getAsBoolean()) {
            long left = until - System.nanoTime();
            if (left <= 0 || !violations.isEmpty()) {
                throw new AssertionError("waited in vain for " + what + "; received " + received.size()
                        + " frames, written " + (link == null ? 0 : link.written()) + ", closed " + closed
                        + ", violations " + violations);
            }
            try {
                wait(left / 1_000_000 + 1);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new AssertionError("interrupted while waiting for " + what, e);
            }
        }
    }
}
