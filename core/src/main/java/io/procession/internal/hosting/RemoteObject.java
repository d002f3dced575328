package io.procession.internal.hosting;

import io.procession.internal.codec.EncodeTarget;
import io.procession.internal.connection.Connection;
import io.procession.internal.connection.Deadline;
import io.procession.internal.connection.Kind;
import io.procession.internal.connection.Sent;
import io.procession.transport.TransportAddress;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The client's way to an object that another process hosts. Safe for all threads. Connects at first use; when the object ends, its {@link RemoteView} is told once, and
 * every later use fails.
 */
public final class RemoteObject {
    /** How long one attempt waits for a host that is stopped; those who wait longer try again. */
    private static final Duration ATTEMPT = Duration.ofSeconds(30);

    private final Hosting hosting;
    private final TransportAddress address;
    private final long incarnation;
    private final long objectId;
    private final Map<Long, ReplyHandler> pending = new ConcurrentHashMap<>();
    // Set once by Hosting, before anybody can use this. Weak: the view holds this, and Hosting holds this to tell of
    // the end.
    private volatile @Nullable WeakReference<RemoteView> view;
    private final AtomicReference<@Nullable CompletableFuture<Connection>> connecting = new AtomicReference<>();
    private volatile @Nullable Connection connection;
    private volatile @Nullable Ending ending;
    private volatile @Nullable Consumer<@Nullable ByteBuffer> whenForgotten;

    RemoteObject(Hosting hosting, TransportAddress address, long incarnation, long objectId) {
        this.hosting = hosting;
        this.address = address;
        this.incarnation = incarnation;
        this.objectId = objectId;
    }

    /**
     * Makes sure that there is a connection with the host. The attempt goes on when a caller gives up, so that callers with short timeouts get there as well.
     *
     * @param deadline until when to wait
     * @return false if the host did not answer in time; it may be stopped
     * @throws ObjectEndedException if the object or its host has ended, or cannot be reached
     * @throws InterruptedException if the thread was interrupted
     * @throws IllegalStateException if this process lacks the transport
     */
    public boolean connect(Deadline deadline) throws ObjectEndedException, InterruptedException {
        check();
        while (connection == null) {
            CompletableFuture<Connection> attempt = attempt();
            try {
                connected(attempt.get(deadline.leftNanos(), TimeUnit.NANOSECONDS));
            } catch (TimeoutException late) {
                return false;
            } catch (ExecutionException failure) {
                connecting.compareAndSet(attempt, null);
                failed(failure.getCause() == null ? failure : failure.getCause());
            }
        }
        check();
        return true;
    }

    /**
     * The host, as who encodes for it needs to know it.
     *
     * @return null before there was a connection
     */
    public @Nullable EncodeTarget host() {
        Connection made = connection;
        return made == null ? null : made.target();
    }

    private CompletableFuture<Connection> attempt() {
        CompletableFuture<Connection> running = connecting.get();
        if (running != null) {
            return running;
        }
        CompletableFuture<Connection> mine = new CompletableFuture<>();
        if (!connecting.compareAndSet(null, mine)) {
            return attempt();
        }
        Thread thread = new Thread(
                () -> {
                    try {
                        mine.complete(hosting.connections().connect(address, incarnation, ATTEMPT));
                    } catch (Exception | Error failure) {
                        mine.completeExceptionally(failure);
                    }
                },
                "procession-connect");
        thread.setDaemon(true);
        try {
            thread.start();
        } catch (OutOfMemoryError noThread) {
            mine.completeExceptionally(
                    noThread); // whoever waits for this attempt learns of it, and the next may succeed
        }
        return mine;
    }

    private void connected(Connection made) {
        connection = made;
        if (made.isEnded()) {
            end(Ending.hostEnded(made.peer().toString())); // it may have ended before it was ours to be told of
        }
    }

    /** Returns if another attempt makes sense. */
    private void failed(Throwable cause) throws ObjectEndedException {
        if (cause instanceof IOException failure) {
            if (!hosting.evidence().alive().test(incarnation)) {
                end(Ending.hostEnded("which listened at " + address));
                check();
            }
            throw new ObjectEndedException(Ending.unreachable(address, failure));
        }
        if (cause instanceof IllegalStateException unusable) {
            throw new IllegalStateException(unusable.getMessage(), unusable);
        }
        if (!(cause instanceof TimeoutException)) {
            throw new IllegalStateException("cannot connect to " + address, cause);
        }
    }

    /**
     * Asks. Never blocks; to be used after {@link #connect} returned true.
     *
     * @param handler gets the answer, or is told of the end
     * @param request its parts, not to be changed before the answer came
     * @return the number of the call
     * @throws ObjectEndedException if the object has ended
     */
    public long call(ReplyHandler handler, ByteBuffer... request) throws ObjectEndedException {
        long id = hosting.nextId();
        call(id, handler, request);
        return id;
    }

    /**
     * Asks under a number taken from {@link #nextCallId()} before, for who must know it before the answer can come.
     *
     * @param id the number of the call
     * @param handler gets the answer, or is told of the end
     * @param request its parts, not to be changed before the answer came
     * @throws ObjectEndedException if the object has ended
     */
    public void call(long id, ReplyHandler handler, ByteBuffer... request) throws ObjectEndedException {
        Connection to = connected();
        pending.put(id, handler);
        hosting.expectReply(id, this);
        if (ending != null) {
            // Either the end saw the handler and told it, or it did not and nobody will.
            pending.remove(id);
            hosting.takeReply(id);
            check();
        }
        to.send(Kind.CALL, id, prefixed(request));
    }

    /**
     * Takes a number for a call.
     *
     * @return greater than every one before in this process
     */
    public long nextCallId() {
        return hosting.nextId();
    }

    /**
     * Asks, for a caller who waits.
     *
     * @param request its parts, not to be changed before the answer came
     * @return the answer; fails with {@link ObjectEndedException} if the object ends first
     */
    public CompletableFuture<ByteBuffer> ask(ByteBuffer... request) {
        CompletableFuture<ByteBuffer> answer = new CompletableFuture<>();
        try {
            call(new Answer(answer), request);
        } catch (ObjectEndedException ended) {
            answer.completeExceptionally(ended);
        }
        return answer;
    }

    /**
     * Tells something that is not answered. Never blocks; to be used after {@link #connect} returned true.
     *
     * @param message its parts, not to be changed until the receipt says so
     * @return the receipt
     * @throws ObjectEndedException if the object has ended
     */
    public Sent cast(ByteBuffer... message) throws ObjectEndedException {
        Connection to = connected();
        check();
        return to.send(Kind.CAST, hosting.nextId(), prefixed(message));
    }

    /**
     * Why this cannot be used any more.
     *
     * @return the ending, or null if it has not ended
     */
    public @Nullable Ending ending() {
        return ending;
    }

    /**
     * Why this cannot be used any more, for who learnt it from a receipt before the view was told.
     *
     * @param failure what the receipt said
     * @return the ending, as far as it is known
     */
    public Ending endingAfter(IOException failure) {
        Ending known = ending;
        Connection used = connection;
        if (known != null) {
            return known;
        }
        if (failure.getCause() instanceof ClosedChannelException || used == null) {
            return Ending.EXITING;
        }
        return Ending.hostEnded(used.peer().toString());
    }

    /**
     * Ends this process's view of the object; the object itself is not touched. Idempotent.
     *
     * @param why the reason, unless it has ended before
     */
    public void end(Ending why) {
        synchronized (this) {
            if (ending != null) {
                return;
            }
            ending = why;
        }
        for (Long id : List.copyOf(pending.keySet())) {
            hosting.takeReply(id);
            ReplyHandler handler = pending.remove(id);
            if (handler != null) {
                handler.onEnded(why);
            }
        }
        WeakReference<RemoteView> reference = view;
        RemoteView told = reference == null ? null : reference.get();
        if (told != null) {
            told.onEnded(why);
        }
    }

    /** Ends this, for who has found by other means that the host's process is dead, unless the connection has told it before. */
    public void hostIsDead() {
        Connection used = connection;
        end(Ending.hostEnded(
                used == null ? "which listened at " + address : used.peer().toString()));
    }

    /**
     * What to do when nobody in this process holds the view any more.
     *
     * @param action gets what the host tells in the absence of a view, or null when the view was found to be gone; does not block, does not throw, and does
     *     not hold the view; may be called more than once
     */
    public void whenForgotten(Consumer<@Nullable ByteBuffer> action) {
        whenForgotten = action;
    }

    void forgotten(@Nullable ByteBuffer message) {
        Consumer<@Nullable ByteBuffer> action = whenForgotten;
        if (action != null) {
            action.accept(message);
        }
    }

    void told(ByteBuffer message) {
        WeakReference<RemoteView> reference = view;
        RemoteView told = reference == null ? null : reference.get();
        if (told == null) {
            forgotten(message);
        } else {
            told.onTold(message);
        }
    }

    void viewedBy(RemoteView newView) {
        view = new WeakReference<>(newView);
    }

    boolean uses(Connection other) {
        return connection == other;
    }

    void replied(long id, ByteBuffer answer) {
        ReplyHandler handler = pending.remove(id);
        if (handler != null) {
            handler.onReply(answer);
        }
    }

    private void check() throws ObjectEndedException {
        Ending why = ending;
        if (why != null) {
            throw new ObjectEndedException(why);
        }
    }

    private Connection connected() throws ObjectEndedException {
        Connection made = connection;
        if (made == null) {
            check();
            throw new IllegalStateException("not connected yet");
        }
        return made;
    }

    private ByteBuffer[] prefixed(ByteBuffer[] parts) {
        ByteBuffer[] all = new ByteBuffer[parts.length + 1];
        all[0] = ByteBuffer.allocate(Long.BYTES).putLong(objectId).flip();
        System.arraycopy(parts, 0, all, 1, parts.length);
        return all;
    }

    private record Answer(CompletableFuture<ByteBuffer> future) implements ReplyHandler {
        @Override
        public void onReply(ByteBuffer answer) {
            future.complete(answer);
        }

        @Override
        public void onEnded(Ending ending) {
            future.completeExceptionally(new ObjectEndedException(ending));
        }
    }
}
