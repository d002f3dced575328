package io.procession.pool;

import static java.util.Objects.requireNonNull;

import io.procession.codec.SerializationException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * What of a lazy map has been sent and not been given entirely, in the order of the input or in that of the answers. What is left of a chunk that failed as a
 * whole is sent again from here: by who takes the results or, since nobody may do so and the pool may be closed meanwhile, by a thread of the library.
 * So it is safe for several threads.
 */
final class LazyWindow {
    private final ChunkFlow flow;
    private final LookAhead lookAhead;
    private final boolean ordered;

    // Guarded by this.
    private Deque<Slot> slots = new ArrayDeque<>();

    /** Where the answer to a chunk on its way goes. */
    private final IdentityHashMap<Chunk, Slot> awaited = new IdentityHashMap<>();

    /** Nothing is added any more. */
    private boolean frozen;

    private boolean stopped;

    /** Why it has stopped; to be thrown behind all results. */
    private @Nullable Throwable stoppedBy;

    /** How the pool refused a chunk last. */
    private @Nullable Throwable refusal;

    /** The place of a chunk among the results. One that is ready is used only by who takes the results. */
    static final class Slot {
        private final long argumentBytes;
        private ChunkFlow.@Nullable Answered answered;
        private @Nullable Outcomes outcomes;

        Slot(long argumentBytes) {
            this.argumentBytes = argumentBytes;
        }

        boolean isReady() {
            return answered != null || outcomes != null;
        }

        /** Whether some of it may have been given. */
        boolean isDecoded() {
            return outcomes != null;
        }

        /** Decoded when it is needed, so that what waits for its turn waits as bytes. */
        Outcomes outcomes() {
            Outcomes decoded = outcomes;
            if (decoded == null) {
                ChunkFlow.Answered raw = requireNonNull(answered);
                try {
                    decoded = Outcomes.of(raw.chunk(), (Answer.Value) raw.answer());
                } catch (RuntimeException | Error undecodable) {
                    decoded = Outcomes.failed(raw.chunk(), undecodable);
                }
                outcomes = decoded;
                answered = null;
            }
            return decoded;
        }
    }

    LazyWindow(ChunkFlow flow, LookAhead lookAhead, boolean ordered) {
        this.flow = flow;
        this.lookAhead = lookAhead;
        this.ordered = ordered;
    }

    /** How many items may have been read and not been taken. */
    synchronized int items(int workers) {
        return lookAhead.items(workers);
    }

    /** How many items the next chunk should have. */
    synchronized int chunk(int workers) {
        return lookAhead.chunk(workers);
    }

    /** Whether there is neither a result nor one to come. */
    synchronized boolean isEmpty() {
        return slots.isEmpty() && awaited.isEmpty();
    }

    /** What is given next, if it is ready. */
    synchronized @Nullable Slot ready() {
        Slot first = slots.peekFirst();
        return first != null && first.isReady() ? first : null;
    }

    /** All of the first slot has been given. */
    synchronized void removeFirst() {
        slots.removeFirst();
    }

    /** No more is sent, and this is told behind the results there are. */
    synchronized void stop(Throwable failure) {
        if (!stopped) {
            stopped = true;
            stoppedBy = failure;
        }
    }

    synchronized boolean isStopped() {
        return stopped;
    }

    synchronized boolean hasFailure() {
        return stoppedBy != null;
    }

    /** Why it has stopped; told once. */
    synchronized @Nullable Throwable takeFailure() {
        Throwable failure = stoppedBy;
        stoppedBy = null;
        return failure;
    }

    /** Sends a chunk of what has been read. */
    synchronized void send(Chunk chunk) {
        place(send(chunk, null, false), null);
    }

    /** Stores what has come. */
    synchronized void takeAnswers() {
        for (ChunkFlow.Answered answered = flow.poll(); answered != null; answered = flow.poll()) {
            store(answered);
        }
    }

    /** What has come is here; what comes from now on is not wanted any more. */
    synchronized void freeze() {
        takeAnswers();
        frozen = true;
    }

    /** Does what an answer asks for, before its chunk counts as finished, whoever takes the results; he is told to look again. */
    void settle() {
        synchronized (this) {
            flow.drain(this::store);
        }
        flow.wake();
    }

    synchronized void store(ChunkFlow.Answered answered) {
        try {
            if (frozen) {
                return;
            }
            Chunk chunk = answered.chunk();
            Slot slot = requireNonNull(awaited.remove(chunk));
            if (answered.answer() instanceof Answer.Value value) {
                long bytes = slot.argumentBytes + value.bytes().remaining();
                lookAhead.measured(chunk.size(), answered.workNanos(), bytes);
                slot.answered = answered;
                if (!ordered) {
                    slots.addLast(slot);
                }
            } else {
                place(afterFailure(chunk, answered.answer()), slot);
            }
        } finally {
            answered.release();
        }
    }

    /** What comes into the place of a chunk that failed as a whole: the item to blame has failed, the others are sent again. */
    private List<Slot> afterFailure(Chunk chunk, Answer answer) {
        if (flow.mayBeSplit(chunk, answer)) {
            List<Slot> parts = new ArrayList<>();
            ChunkFlow.split(chunk, answer, (part, death) -> parts.addAll(sendPart(part, death, true)));
            return parts;
        }
        int item;
        Throwable failure;
        if (answer instanceof Answer.Thrown thrown) {
            item = thrown.item();
            failure = thrown.decode();
        } else {
            Answer.Lost lost = (Answer.Lost) answer;
            item = lost.item();
            failure = lost.cause();
        }
        int size = chunk.size();
        if (failure instanceof CancellationException || failure instanceof RejectedExecutionException) {
            stop(failure); // the pool has ended: there is nothing behind it
            return List.of(failed(chunk, failure)); // in its place, or those behind it would be taken for its results
        }
        if (size == 1) {
            return List.of(failed(chunk, failure));
        }
        if (item < 0 || item >= size) {
            return sendEach(chunk, true); // one of them did it; alone, it will show
        }
        List<Slot> parts = new ArrayList<>();
        if (item > 0) {
            parts.addAll(sendPart(chunk.part(0, item), null, true));
        }
        parts.add(failed(chunk.part(item, item + 1), failure));
        if (item + 1 < size) {
            parts.addAll(sendPart(chunk.part(item + 1, size), null, true));
        }
        return parts;
    }

    private List<Slot> send(Chunk chunk, @Nullable WorkerDiedException death, boolean accepted) {
        try {
            Slot slot = new Slot(flow.send(chunk, death, accepted));
            awaited.put(chunk, slot);
            return List.of(slot);
        } catch (SerializationException e) {
            return chunk.size() == 1 ? List.of(failed(chunk, e)) : sendEach(chunk, accepted);
        } catch (RejectedExecutionException | CancellationException e) {
            refusal = e;
            stop(e);
            return List.of();
        }
    }

    /**
     * What is refused of something that has results behind it has failed in its place.
     *
     * @param accepted whether the pool has accepted the whole, so that the part runs although the pool is being closed
     */
    private List<Slot> sendPart(Chunk part, @Nullable WorkerDiedException death, boolean accepted) {
        List<Slot> sent = send(part, death, accepted);
        return sent.isEmpty() ? List.of(failed(part, requireNonNull(refusal))) : sent;
    }

    private List<Slot> sendEach(Chunk chunk, boolean accepted) {
        List<Slot> parts = new ArrayList<>(chunk.size());
        for (int i = 0; i < chunk.size(); i++) {
            parts.addAll(sendPart(chunk.part(i, i + 1), null, accepted));
        }
        return parts;
    }

    private static Slot failed(Chunk chunk, Throwable failure) {
        Slot slot = new Slot(0);
        slot.outcomes = Outcomes.failed(chunk, failure);
        return slot;
    }

    /** Puts slots where another was, or at the end. */
    private void place(List<Slot> parts, @Nullable Slot instead) {
        if (!ordered) {
            parts.stream().filter(Slot::isReady).forEach(slots::addLast);
        } else if (instead == null) {
            slots.addAll(parts);
        } else {
            Deque<Slot> replaced = new ArrayDeque<>();
            slots.forEach(slot -> {
                if (slot == instead) {
                    replaced.addAll(parts);
                } else {
                    replaced.add(slot);
                }
            });
            slots = replaced;
        }
    }
}
