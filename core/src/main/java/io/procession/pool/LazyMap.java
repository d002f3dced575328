package io.procession.pool;

import io.procession.codec.SerializationException;
import io.procession.internal.connection.Deadline;
import io.procession.internal.pool.TaskOperation;
import io.procession.task.TaskFunction;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * A map whose input is read as its results are taken, by the thread that takes them or, if the user wants that, by one of its own. What has been read and not
 * been given back is bounded by the {@link LookAhead}, so neither an endless input nor a slow consumer costs more than that.
 *
 * <p>Each item counts for itself: what fails, is refused or ends its worker is one result, and the others of its chunk come all the same.
 */
final class LazyMap<T extends @Nullable Object, R extends @Nullable Object> implements Results.Source<R> {
    /** So often it is looked whether a pool, whose end nobody is told of, still takes what an input may give one day. */
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    private final Scheduler scheduler;
    private final LazyInput<T> input;
    private final ChunkFlow flow;
    private final LazyWindow window;

    /** How many items have been sent; guarded by this. */
    private long sent;

    /** How many have been given; written by who takes them. */
    private volatile long given;

    private final MapOptions options;
    private @Nullable MapTimer timer;

    /** Its time was over before it had ended: there are the results that came in time, and then a failure. Written before the flow is closed. */
    private volatile boolean expired;

    /** That failure was told, or nobody wants to hear it. */
    private volatile boolean told;

    /** Somebody waits for an answer, or for the input. */
    private volatile boolean waiting;

    /**
     * Reads and sends the first items.
     *
     * @param chores where what is left of a chunk that failed is sent again, and what was left of an input that keeps its reader waiting
     * @throws SerializationException if the function cannot be serialised
     * @throws RejectedExecutionException if the pool takes no more
     */
    LazyMap(
            Scheduler scheduler,
            TaskLimits limits,
            TaskFunction<? super T, ? extends R> function,
            Iterator<? extends T> input,
            boolean ordered,
            MapOptions options,
            Executor chores) {
        this.scheduler = scheduler;
        this.options = options;
        this.flow = new ChunkFlow(
                scheduler, limits, function, TaskOperation.MAP_EACH, false, answered -> settle(answered, chores));
        this.window = new LazyWindow(flow, new LookAhead(options), ordered);
        scheduler.requireOpen();
        if (options.readsInBackground()) {
            BackgroundInput<T> background =
                    new BackgroundInput<>(input, this::inputHasSome, () -> sendLeftOver(chores));
            this.input = background;
            readAhead(true);
            background.start();
        } else {
            this.input = new CallerInput<>(input);
            readAhead(true);
        }
    }

    /** It is ended when its time is over, whether anybody waits for it or not. To be called once, before anybody else has it. */
    void endAt(Deadline deadline, Executor chores) {
        timer = MapTimer.begin(
                deadline, () -> chores.execute(this::expire)); // what it finds there may be code of the user
    }

    private void expire() {
        if (!flow.isClosed()) {
            window.freeze();
            expired = true;
            flow.close(true);
            input.close();
        }
    }

    private void settle(ChunkFlow.Answered answered, Executor chores) {
        if (answered.hold() != null) {
            chores.execute(window::settle);
        }
        if (!waiting) {
            sendLeftOver(chores); // else whoever waits does so
        }
    }

    /** Items that were read and are less than a chunk do not wait for others, nor for who takes results to come, once a worker has nothing to do. */
    private void sendLeftOver(Executor chores) {
        if (input.hasRead() && flow.outstanding() < scheduler.size()) {
            chores.execute(() -> {
                try {
                    inputHasSome();
                } catch (RuntimeException | Error failure) {
                    window.stop(failure);
                    flow.wake();
                }
            });
        }
    }

    /** On the thread that reads the input. */
    private void inputHasSome() {
        readAhead(true);
        if (waiting) {
            flow.wake();
        }
    }

    @Override
    public boolean hasNext(Deadline deadline) throws InterruptedException, TimeoutException {
        while (!flow.isClosed()) {
            if (!window.isEmpty() || window.hasFailure()) {
                return true;
            }
            readAhead(false);
            if (window.isEmpty()) {
                if (isOver()) {
                    return window.hasFailure();
                }
                await(deadline);
            }
        }
        return expired && !told;
    }

    @Override
    public R next(Deadline deadline) throws InterruptedException, TimeoutException {
        if (expired) {
            return nextAfterTheEnd();
        }
        LazyWindow.Slot slot = window.ready();
        if (slot != null && slot.isDecoded()) {
            return give(slot); // the input is looked at once a chunk
        }
        window.takeAnswers();
        slot = window.ready();
        if (slot == null || !input.isSlow()) {
            readAhead(slot != null);
            window.takeAnswers();
        }
        for (slot = window.ready(); slot == null; slot = window.ready()) {
            if (expired) {
                return nextAfterTheEnd();
            }
            if (flow.isClosed()) { // asked before each wait, since what wakes one may have been taken before it began
                throw new NoSuchElementException("this map was closed while it was waited for");
            }
            if (window.isEmpty() && isOver()) {
                throw endOfInput();
            }
            if (await(deadline) && (window.ready() == null || !input.isSlow())) {
                readAhead(false); // it is known now how long an item takes
            }
        }
        return give(slot);
    }

    /** What came in time, in its place. */
    private R nextAfterTheEnd() {
        LazyWindow.Slot slot = window.ready();
        if (slot != null) {
            return give(slot);
        }
        told = true;
        throw TaskFailures.rethrow(options.late());
    }

    /**
     * Waits for something to happen.
     *
     * @return whether an answer has come
     */
    private boolean await(Deadline deadline) throws InterruptedException, TimeoutException {
        boolean onlyInput = window.isEmpty();
        waiting = true;
        try {
            readAhead(false); // what came since, or is less than a chunk, as nobody else would send it now
            long left = deadline.leftNanos();
            ChunkFlow.Answered answered = flow.poll(onlyInput ? Math.min(left, LOOK_NANOS) : left);
            if (answered != null) {
                window.store(answered);
                window.takeAnswers();
                return true;
            }
        } finally {
            waiting = false;
        }
        if (onlyInput && window.isEmpty()) {
            try {
                scheduler.requireOpen();
            } catch (RejectedExecutionException closed) {
                window.stop(closed);
            }
        }
        if (!flow.isClosed() && window.ready() == null && deadline.hasPassed()) {
            throw new TimeoutException("the next result has not come in time");
        }
        return false;
    }

    /** Whether nothing more will be sent. */
    private boolean isOver() {
        return window.isStopped() || input.isExhausted();
    }

    private RuntimeException endOfInput() {
        Throwable failure = window.takeFailure();
        return failure == null
                ? new NoSuchElementException("there are no more results")
                : TaskFailures.rethrow(failure);
    }

    @SuppressWarnings({"unchecked", "NullAway", "NonAtomicVolatileUpdate"
    }) // null is a result if R says so; one thread writes
    private R give(LazyWindow.Slot slot) {
        Outcomes outcomes = slot.outcomes();
        given++;
        try {
            return (R) outcomes.next();
        } finally {
            if (outcomes.isEmpty()) {
                window.removeFirst();
            }
        }
    }

    /**
     * Reads and sends what there is room for, if that is worth a chunk.
     *
     * @param whole not less than a chunk, unless a worker has nothing to do
     */
    private synchronized void readAhead(boolean whole) {
        int workers = scheduler.size();
        int chunk = window.chunk(workers);
        long items = window.items(workers);
        input.allow(given + items, (int) Math.min(chunk, items));
        long room = items - (sent - given);
        if (room < chunk && !window.isEmpty()) {
            return;
        }
        while (room > 0 && !isOver() && !flow.isClosed() && flow.outstanding() < LookAhead.chunks(workers)) {
            int most = (int) Math.min(room, chunk);
            List<T> read = input.read(whole && flow.outstanding() >= workers ? most : 1, most);
            if (read.isEmpty()) {
                break;
            }
            Chunk next = new Chunk(read, sent, -1);
            sent += read.size();
            room -= read.size();
            window.send(next);
            if (input.isSlow() && flow.hasAnswers()) {
                break; // they are not kept waiting
            }
        }
        Throwable failure = input.takeFailure();
        if (failure != null) {
            window.stop(failure);
        }
    }

    @Override
    public void close() {
        told = true;
        MapTimer begun = timer;
        if (begun != null) {
            begun.stop();
        }
        flow.close(false);
        input.close();
    }
}
