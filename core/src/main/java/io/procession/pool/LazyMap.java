package io.procession.pool;

import static java.util.Objects.requireNonNull;

import io.procession.codec.SerializationException;
import io.procession.internal.connection.Deadline;
import io.procession.internal.pool.TaskOperation;
import io.procession.task.TaskFunction;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * A map whose input is read as its results are taken, on the thread that takes them. What has been read and not been given back is bounded by the
 * {@link LookAhead}, so neither an endless input nor a slow consumer costs more than that.
 *
 * <p>Each item counts for itself: what fails, is refused or ends its worker is one result, and the others of its chunk come all the same.
 */
final class LazyMap<T extends @Nullable Object, R extends @Nullable Object> implements Results.Source<R> {
    private final Scheduler scheduler;
    private final Iterator<? extends T> input;
    private final boolean ordered;
    private final LookAhead lookAhead;
    private final ChunkFlow flow;

    /** What has been read and not been given entirely: in the order of the input, or in that of the answers. */
    private Deque<Slot> slots = new ArrayDeque<>();

    /** Where the answer to a chunk on its way goes. */
    private final IdentityHashMap<Chunk, Slot> awaited = new IdentityHashMap<>();

    private long read;
    private long given;

    /** The input has ended. */
    private boolean exhausted;

    /** How it ended, if not by itself; to be thrown behind all results. */
    private @Nullable Throwable endedBy;

    /** The place of a chunk among the results. */
    private static final class Slot {
        private final long argumentBytes;
        private ChunkFlow.@Nullable Answered answered;
        private @Nullable Outcomes outcomes;

        Slot(long argumentBytes) {
            this.argumentBytes = argumentBytes;
        }

        boolean isReady() {
            return answered != null || outcomes != null;
        }
    }

    /**
     * Reads and sends the first items.
     *
     * @throws SerializationException if the function cannot be serialised
     * @throws RejectedExecutionException if the pool takes no more
     */
    LazyMap(
            Scheduler scheduler,
            TaskLimits limits,
            TaskFunction<? super T, ? extends R> function,
            Iterator<? extends T> input,
            boolean ordered,
            MapOptions options) {
        this.scheduler = scheduler;
        this.input = input;
        this.ordered = ordered;
        this.lookAhead = new LookAhead(options);
        this.flow = new ChunkFlow(scheduler, limits, function, TaskOperation.MAP_EACH, false, () -> {});
        scheduler.requireOpen();
        readAhead();
    }

    @Override
    public boolean hasNext() {
        if (flow.isClosed()) {
            return false;
        }
        if (slots.isEmpty() && awaited.isEmpty()) {
            readAhead();
        }
        return !slots.isEmpty() || !awaited.isEmpty() || endedBy != null;
    }

    @Override
    public R next(Deadline deadline) throws InterruptedException, TimeoutException {
        Slot current = slots.peekFirst();
        if (current != null && current.outcomes != null) {
            return give(current); // the input is looked at once a chunk
        }
        readAhead();
        takeAnswers();
        Slot slot = readySlot();
        while (slot == null) {
            if (flow.isClosed()) { // asked before each wait, since what wakes one may have been taken before it began
                throw new NoSuchElementException("this map was closed while it was waited for");
            }
            if (slots.isEmpty() && awaited.isEmpty()) {
                throw endOfInput();
            }
            ChunkFlow.Answered answered = flow.poll(deadline);
            if (answered != null) {
                store(answered);
                takeAnswers();
                readAhead(); // it is known now how long an item takes
            } else if (!flow.isClosed() && deadline.hasPassed()) {
                throw new TimeoutException("the next result has not come in time");
            }
            slot = readySlot();
        }
        return give(slot);
    }

    private RuntimeException endOfInput() {
        Throwable failure = endedBy;
        endedBy = null;
        return failure == null
                ? new NoSuchElementException("there are no more results")
                : TaskFailures.rethrow(failure);
    }

    private @Nullable Slot readySlot() {
        Slot first = slots.peekFirst();
        return first != null && first.isReady() ? first : null;
    }

    @SuppressWarnings({"unchecked", "NullAway"}) // whether null is a result is for R to say
    private R give(Slot slot) {
        Outcomes outcomes = outcomes(slot);
        given++;
        try {
            return (R) outcomes.next();
        } finally {
            if (outcomes.isEmpty()) {
                slots.removeFirst();
            }
        }
    }

    /** Decoded when it is needed, so that what waits for its turn waits as bytes. */
    private static Outcomes outcomes(Slot slot) {
        Outcomes outcomes = slot.outcomes;
        if (outcomes == null) {
            ChunkFlow.Answered answered = requireNonNull(slot.answered);
            try {
                outcomes = Outcomes.of(answered.chunk(), (Answer.Value) answered.answer());
            } catch (RuntimeException | Error undecodable) {
                outcomes = Outcomes.failed(answered.chunk(), undecodable);
            }
            slot.outcomes = outcomes;
            slot.answered = null;
        }
        return outcomes;
    }

    private void takeAnswers() {
        for (ChunkFlow.Answered answered = flow.poll(); answered != null; answered = flow.poll()) {
            store(answered);
        }
    }

    private void store(ChunkFlow.Answered answered) {
        Chunk chunk = answered.chunk();
        Slot slot = requireNonNull(awaited.remove(chunk));
        if (answered.answer() instanceof Answer.Value value) {
            lookAhead.measured(
                    chunk.size(),
                    answered.workNanos(),
                    slot.argumentBytes + value.bytes().remaining());
            slot.answered = answered;
            if (!ordered) {
                slots.addLast(slot);
            }
        } else {
            place(afterFailure(chunk, answered.answer()), slot);
        }
    }

    /** What comes into the place of a chunk that failed as a whole: the item to blame has failed, the others are sent again. */
    private List<Slot> afterFailure(Chunk chunk, Answer answer) {
        if (flow.mayBeSplit(chunk, answer)) {
            List<Slot> parts = new ArrayList<>();
            ChunkFlow.split(chunk, answer, (part, death) -> parts.addAll(sendPart(part, death)));
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
            return sendEach(chunk); // one of them did it; alone, it will show
        }
        List<Slot> parts = new ArrayList<>();
        if (item > 0) {
            parts.addAll(sendPart(chunk.part(0, item), null));
        }
        parts.add(failed(chunk.part(item, item + 1), failure));
        if (item + 1 < size) {
            parts.addAll(sendPart(chunk.part(item + 1, size), null));
        }
        return parts;
    }

    private List<Slot> send(Chunk chunk) {
        return send(chunk, null);
    }

    private List<Slot> send(Chunk chunk, @Nullable WorkerDiedException death) {
        try {
            Slot slot = new Slot(flow.send(chunk, death));
            awaited.put(chunk, slot);
            return List.of(slot);
        } catch (SerializationException e) {
            return chunk.size() == 1 ? List.of(failed(chunk, e)) : sendEach(chunk);
        } catch (RejectedExecutionException | CancellationException e) {
            stop(e);
            return List.of();
        }
    }

    /** What is refused of something that has results behind it has failed in its place. */
    private List<Slot> sendPart(Chunk part, @Nullable WorkerDiedException death) {
        List<Slot> sent = send(part, death);
        return sent.isEmpty() ? List.of(failed(part, requireNonNull(endedBy))) : sent;
    }

    private List<Slot> sendEach(Chunk chunk) {
        List<Slot> parts = new ArrayList<>(chunk.size());
        for (int i = 0; i < chunk.size(); i++) {
            parts.addAll(sendPart(chunk.part(i, i + 1), null));
        }
        return parts;
    }

    private static Slot failed(Chunk chunk, Throwable failure) {
        Slot slot = new Slot(0);
        slot.outcomes = Outcomes.failed(chunk, failure);
        return slot;
    }

    /** No more is read, and this is told behind the results there are. */
    private void stop(Throwable failure) {
        exhausted = true;
        endedBy = failure;
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

    /** Reads and sends what there is room for, if that is worth a chunk. */
    private void readAhead() {
        int workers = scheduler.size();
        int chunk = lookAhead.chunk(workers);
        long room = lookAhead.items(workers) - (read - given);
        if (room < chunk && !(awaited.isEmpty() && slots.isEmpty())) {
            return;
        }
        while (room > 0 && !exhausted && !flow.isClosed() && flow.outstanding() < LookAhead.chunks(workers)) {
            List<T> items = read((int) Math.min(room, chunk));
            if (!items.isEmpty()) {
                Chunk next = new Chunk(items, read, -1);
                read += items.size();
                room -= items.size();
                place(send(next), null);
            }
        }
    }

    private List<T> read(int count) {
        List<T> items = new ArrayList<>(count);
        try {
            while (items.size() < count) {
                if (!input.hasNext()) {
                    exhausted = true;
                    break;
                }
                items.add(input.next());
            }
        } catch (RuntimeException | Error e) {
            stop(e);
        }
        return items;
    }

    @Override
    public void close() {
        flow.close(false);
    }
}
