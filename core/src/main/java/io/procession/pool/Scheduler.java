package io.procession.pool;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Gives tasks to workers and keeps the pool whole.
 *
 * <p>One lock guards the queue of tasks that wait and the state of all workers; sending, launching and completing happen outside of
 * it. A task is in exactly one place: waiting here, held by one worker, or answered. Whoever removes it from its place answers it or
 * puts it into the next, so each is answered once, whatever dies.
 */
final class Scheduler {
    /** After so many workers in a row that ended before they were ready, no more are tried. */
    private static final int MAX_FAILED_STARTS = 3;

    private static final int MIN_DISCARDED = 64;

    private static final Duration KILLED_WITHIN = Duration.ofSeconds(20);

    /** A worker answers at once, whatever its task does. */
    private static final Duration REPLIES_WITHIN = Duration.ofSeconds(2);

    private final String name;
    private final int size;
    private final WorkerLauncher launcher;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Deque<PoolTask> waiting = new ArrayDeque<>();
    private final List<Worker> workers = new ArrayList<>();
    private State state = State.OPEN;
    private @Nullable Throwable brokenBy;
    private int launched;
    private int launching;
    private int failedStarts;

    /** How many of the tasks that wait were cancelled. */
    private int discarded;

    /** Tasks accepted and not answered. */
    private int unfinished;

    private enum State {
        OPEN,
        /** Takes no tasks, finishes those it has. */
        CLOSING,
        /** Workers are gone or going; whatever waits has been answered. */
        ENDED
    }

    private record Recall(Worker worker, int count) {}

    private record Sending(Worker worker, PoolTask task, boolean withFunction) {
        void send() {
            worker.port.send(task, withFunction);
        }
    }

    Scheduler(PoolSettings settings, WorkerLauncher launcher) {
        this.name = settings.name;
        this.size = settings.workers;
        this.launcher = launcher;
    }

    int size() {
        return size;
    }

    /** Starts all workers; if one cannot be started the others are ended and the error is thrown. */
    void start() {
        try {
            for (int i = 0; i < size; i++) {
                launch();
            }
        } catch (RuntimeException | Error e) {
            end(() -> new CancellationException("pool " + name + " could not be started"));
            throw e;
        }
    }

    private void launch() {
        int number;
        lock.lock();
        try {
            number = ++launched;
            launching++;
        } finally {
            lock.unlock();
        }
        Worker worker = null;
        boolean wanted;
        try {
            worker = launcher.launch(name + "-worker-" + number);
        } finally {
            lock.lock();
            try {
                launching--;
                wanted = state == State.OPEN || (state == State.CLOSING && unfinished > 0);
                if (worker != null) {
                    workers.add(worker);
                }
                changed.signalAll();
            } finally {
                lock.unlock();
            }
        }
        launcher.introduce(worker, this); // what it said or met before now is told now
        if (!wanted) {
            worker.port.kill();
        }
    }

    /** Accepts a task; its receiver will be told exactly once. */
    void submit(PoolTask task) {
        List<Sending> sendings;
        lock.lock();
        try {
            if (state != State.OPEN) {
                throw rejected();
            }
            waiting.addLast(task);
            if (unfinished++ == 0) {
                launcher.busy();
            }
            sendings = assign();
        } finally {
            lock.unlock();
        }
        sendings.forEach(Sending::send);
    }

    private RejectedExecutionException rejected() {
        Throwable cause = brokenBy;
        return cause == null
                ? new RejectedExecutionException("pool " + name + " is closed and takes no more tasks")
                : new RejectedExecutionException("pool " + name + " is broken: " + cause.getMessage(), cause);
    }

    /** Under the lock: gives waiting tasks to the least loaded workers. */
    private List<Sending> assign() {
        if (waiting.isEmpty()) {
            return List.of();
        }
        List<Sending> sendings = new ArrayList<>();
        while (!waiting.isEmpty()) {
            Worker worker = leastLoaded();
            if (worker == null) {
                break;
            }
            PoolTask task = waiting.removeFirst();
            if (task.place != PoolTask.Place.WAITING) {
                discarded = Math.max(0, discarded - 1);
                continue; // cancelled since
            }
            worker.hold(task);
            sendings.add(new Sending(worker, task, worker.needs(task.function)));
        }
        return sendings;
    }

    private @Nullable Worker leastLoaded() {
        Worker best = null;
        for (Worker worker : workers) {
            if (worker.hasRoom() && (best == null || worker.load() < best.load())) {
                best = worker;
            }
        }
        return best;
    }

    /** A worker is connected and waits for tasks. */
    void ready(Worker worker) {
        List<Sending> sendings;
        lock.lock();
        try {
            failedStarts = 0;
            if (worker.state != Worker.State.STARTING) {
                return;
            }
            worker.state = Worker.State.READY;
            sendings = assign();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        sendings.forEach(Sending::send);
    }

    /** A worker answered a task. */
    void answered(Worker worker, long taskId, Answer answer, long workNanos) {
        List<Sending> sendings;
        PoolTask task;
        Recall recall;
        MappedFunction forgotten;
        lock.lock();
        try {
            task = worker.release(taskId);
            if (task == null) {
                return; // given up meanwhile
            }
            worker.measured(workNanos);
            forgotten = forgottenAfter(task, worker);
            sendings = assign();
            recall = recallFor(worker);
        } finally {
            lock.unlock();
        }
        sendings.forEach(Sending::send);
        if (recall != null) {
            recall.worker().port.recall(recall.count());
        }
        if (forgotten != null) {
            worker.port.forget(forgotten.id());
        }
        finish(task, answer, workNanos);
    }

    /** Under the lock: while the given worker has nothing to do, another has tasks it has not started; half of them are called back. */
    private @Nullable Recall recallFor(Worker idle) {
        if (idle.load() > 0 || !idle.hasRoom()) {
            return null;
        }
        Worker most = null;
        for (Worker worker : workers) {
            if (worker.load() > 1 && !worker.recalling && (most == null || worker.load() > most.load())) {
                most = worker;
            }
        }
        if (most == null) {
            return null;
        }
        most.recalling = true;
        most.asked++;
        return new Recall(most, most.load() / 2);
    }

    /** A worker gave tasks back that it had not started. */
    void returned(Worker worker, List<Long> taskIds) {
        List<Sending> sendings;
        List<PoolTask> unwanted = new ArrayList<>();
        List<MappedFunction> forgotten = new ArrayList<>();
        lock.lock();
        try {
            worker.recalling = false;
            worker.told++;
            for (Long id : taskIds) { // the last comes first, so the order is kept
                PoolTask task = worker.release(id);
                if (task != null) {
                    MappedFunction last = forgottenAfter(task, worker);
                    if (last != null) {
                        forgotten.add(last);
                    }
                    putBack(task, unwanted);
                }
            }
            sendings = assign();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        sendings.forEach(Sending::send);
        forgotten.forEach(function -> worker.port.forget(function.id()));
        unwanted.forEach(this::finishCancelled);
    }

    /** Under the lock: a task that no worker has started waits again, ahead of the others. */
    private void putBack(PoolTask task, List<PoolTask> unwanted) {
        task.holder = null;
        if (task.unwanted) {
            task.place = PoolTask.Place.ANSWERED;
            task.returned = true;
            unwanted.add(task);
        } else {
            task.place = PoolTask.Place.WAITING;
            waiting.addFirst(task);
        }
    }

    /**
     * Nobody wants the answer any more. A task that has not been started is not run.
     *
     * @param interrupt whether a running one is to be interrupted and, if that does not end it in time, its worker killed
     */
    void cancel(PoolTask task, boolean interrupt) {
        boolean waited;
        Worker holder;
        lock.lock();
        try {
            waited = task.place == PoolTask.Place.WAITING;
            if (waited) {
                task.place = PoolTask.Place.ANSWERED;
                task.returned = true;
                discard();
            }
            task.unwanted = true;
            holder = task.holder;
            if (holder != null) {
                holder.asked++;
            }
        } finally {
            lock.unlock();
        }
        if (waited) {
            finishCancelled(task);
        } else if (holder != null) {
            holder.port.cancel(task.id, interrupt, () -> holds(holder, task));
        }
    }

    /** Under the lock: a task among those that wait was cancelled. They leave together, when they are the larger part, so each costs little. */
    private void discard() {
        if (++discarded > MIN_DISCARDED && discarded > waiting.size() / 2) {
            waiting.removeIf(task -> task.place != PoolTask.Place.WAITING);
            discarded = 0;
        }
    }

    private boolean holds(Worker worker, PoolTask task) {
        lock.lock();
        try {
            return task.holder == worker && task.place == PoolTask.Place.HELD;
        } finally {
            lock.unlock();
        }
    }

    private void finishCancelled(PoolTask task) {
        finish(
                task,
                new Answer.Lost(new CancellationException("task " + task.id + " was cancelled before it started")),
                0);
    }

    /**
     * A map has ended: its workers need its function no more. One that still holds tasks of it is told when it holds none: it may be about to
     * start one, and would wait for the function.
     */
    void forget(MappedFunction function) {
        List<Worker> knowing = new ArrayList<>();
        lock.lock();
        try {
            function.ended = true;
            for (Worker worker : workers) {
                if (worker.drop(function)) {
                    knowing.add(worker);
                }
            }
        } finally {
            lock.unlock();
        }
        knowing.forEach(worker -> worker.port.forget(function.id()));
    }

    /** Under the lock, after a worker has released a task: the function that it is now to forget. */
    private static @Nullable MappedFunction forgottenAfter(PoolTask task, Worker worker) {
        MappedFunction function = task.function;
        return function != null && function.ended && worker.drop(function) ? function : null;
    }

    private void finish(PoolTask task, Answer answer, long workNanos) {
        task.receiver.answered(answer, workNanos);
        lock.lock();
        try {
            if (--unfinished == 0) {
                launcher.idle();
                if (state == State.CLOSING) {
                    workers.forEach(this::retire);
                }
                changed.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Under the lock, when there is nothing left to do: the worker ends, and one that is still starting need not even do that. */
    private void retire(Worker worker) {
        if (worker.state == Worker.State.READY) {
            worker.port.retire();
        } else if (worker.state == Worker.State.STARTING) {
            worker.port.kill();
        }
        worker.state = Worker.State.RETIRING;
    }

    /** The process of a worker has ended and all it had sent has been received. */
    void gone(Worker worker, WorkerEnd end) {
        PoolTask started = null;
        List<PoolTask> homeless = new ArrayList<>();
        List<PoolTask> unwanted = new ArrayList<>();
        int missing;
        boolean hopeless;
        List<Sending> sendings;
        lock.lock();
        try {
            boolean neverReady = worker.state == Worker.State.STARTING;
            worker.state = Worker.State.GONE;
            workers.remove(worker);
            for (PoolTask task : worker.releaseAll()) {
                if (task.id == end.startedTask()) {
                    started = task;
                } else {
                    homeless.add(task);
                }
            }
            for (int i = homeless.size() - 1; i >= 0; i--) {
                putBack(homeless.get(i), unwanted);
            }
            if (neverReady && state != State.ENDED) {
                failedStarts++;
            }
            hopeless = failedStarts >= MAX_FAILED_STARTS;
            boolean needed = state == State.OPEN || (state == State.CLOSING && unfinished > 0);
            missing = needed && !hopeless ? size - workers.size() - launching : 0;
            sendings = assign();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        sendings.forEach(Sending::send);
        unwanted.forEach(this::finishCancelled);
        if (started != null) {
            Throwable failure = started.unwanted
                    ? new CancellationException("task " + started.id + " was ended with its worker")
                    : end.failure(worker, started);
            finish(started, new Answer.Lost(failure), 0);
        }
        try {
            for (int i = 0; i < missing; i++) {
                launch();
            }
        } catch (RuntimeException | Error e) {
            breakDown(e);
        }
        if (hopeless) {
            breakDown(end.startFailure(worker, MAX_FAILED_STARTS));
        }
        closeIfEnded();
    }

    /** What workers needed is closed with the last of them, even if nobody waits for the end. */
    private void closeIfEnded() {
        boolean ended;
        lock.lock();
        try {
            ended = state != State.OPEN && isEmpty();
        } finally {
            lock.unlock();
        }
        if (ended) {
            launcher.close();
        }
    }

    private boolean isEmpty() {
        return unfinished == 0 && workers.isEmpty() && launching == 0;
    }

    /** No worker can be started: those that live go on, but if there is none left, nothing waits for ever. */
    private void breakDown(Throwable cause) {
        lock.lock();
        try {
            if (state == State.ENDED || !workers.isEmpty() || launching > 0) {
                return;
            }
            brokenBy = cause;
        } finally {
            lock.unlock();
        }
        end(() -> new RejectedExecutionException("pool " + name + " is broken: " + cause.getMessage(), cause));
    }

    /** Takes no more tasks; those accepted are finished, then the workers end. Does not wait. */
    void shutdown() {
        lock.lock();
        try {
            if (state == State.OPEN) {
                state = State.CLOSING;
                if (unfinished == 0) {
                    workers.forEach(this::retire);
                }
                changed.signalAll();
            }
        } finally {
            lock.unlock();
        }
        closeIfEnded();
    }

    /**
     * Takes no more tasks; what has not been started is taken back, what runs is interrupted and, if that does not end it in time, killed with its
     * worker.
     *
     * @return the tasks that were not started and never will be, oldest first
     */
    List<PoolTask> shutdownNow() {
        List<PoolTask> unfinishedTasks = new ArrayList<>();
        List<Worker> asked;
        lock.lock();
        try {
            asked = List.copyOf(workers);
            asked.forEach(worker -> unfinishedTasks.addAll(worker.held()));
            waiting.stream()
                    .filter(task -> task.place == PoolTask.Place.WAITING)
                    .forEach(unfinishedTasks::add);
        } finally {
            lock.unlock();
        }
        shutdown();
        for (int i = unfinishedTasks.size() - 1; i >= 0; i--) { // the last first, or each would move up and be started
            cancel(unfinishedTasks.get(i), true);
        }
        awaitReplies(asked);
        lock.lock();
        try {
            unfinishedTasks.removeIf(task -> !task.returned);
        } finally {
            lock.unlock();
        }
        return unfinishedTasks;
    }

    /** Waits until the workers have told which tasks they had not started. One that is stopped, or has no memory left, is not waited for without bound. */
    private void awaitReplies(List<Worker> asked) {
        long left = REPLIES_WITHIN.toNanos();
        boolean interrupted = false;
        lock.lock();
        try {
            while (left > 0
                    && asked.stream().anyMatch(worker -> workers.contains(worker) && worker.told < worker.asked)) {
                try {
                    left = changed.awaitNanos(left);
                } catch (InterruptedException e) {
                    interrupted = true;
                    left = 0;
                }
            }
        } finally {
            lock.unlock();
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Ends everything now: workers are killed, each unfinished task is answered with a failure of its own. */
    void end(Supplier<? extends Throwable> failure) {
        giveUp(failure).forEach(worker -> worker.port.kill());
        closeIfEnded();
    }

    /**
     * Answers each unfinished task with a failure of its own and takes no more.
     *
     * @return the workers, which still live
     */
    List<Worker> giveUp(Supplier<? extends Throwable> failure) {
        List<PoolTask> lost = new ArrayList<>();
        List<Worker> alive;
        lock.lock();
        try {
            state = State.ENDED;
            for (PoolTask task : waiting) {
                if (task.place == PoolTask.Place.WAITING) {
                    task.place = PoolTask.Place.ANSWERED;
                    lost.add(task);
                }
            }
            waiting.clear();
            alive = List.copyOf(workers);
            for (Worker worker : alive) {
                lost.addAll(worker.releaseAll());
            }
        } finally {
            lock.unlock();
        }
        lost.forEach(task -> finish(task, new Answer.Lost(failure.get()), 0));
        return alive;
    }

    /** Waits until all workers have ended after {@link #shutdown} or {@link #end}. */
    boolean awaitEnd(@Nullable Duration timeout) throws InterruptedException {
        long left = timeout == null ? Long.MAX_VALUE : TimeUnit.NANOSECONDS.convert(timeout);
        lock.lockInterruptibly();
        try {
            while (state == State.OPEN || !isEmpty()) {
                if (left <= 0) {
                    return false;
                }
                left = timeout == null ? awaitChange() : changed.awaitNanos(left);
            }
            state = State.ENDED;
        } finally {
            lock.unlock();
        }
        launcher.close();
        return true;
    }

    /** For the time after {@link #end}: killed processes end soon, and if the system keeps one, it is not waited for without bound. */
    void awaitEndUninterruptibly() {
        long deadline = System.nanoTime() + KILLED_WITHIN.toNanos();
        boolean interrupted = false;
        while (true) {
            try {
                awaitEnd(Duration.ofNanos(Math.max(0, deadline - System.nanoTime())));
                break;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @SuppressWarnings("WaitNotInLoop") // the loop is the caller's
    private long awaitChange() throws InterruptedException {
        changed.await();
        return Long.MAX_VALUE;
    }

    boolean isTerminated() {
        lock.lock();
        try {
            return state != State.OPEN && isEmpty();
        } finally {
            lock.unlock();
        }
    }

    boolean isShutdown() {
        lock.lock();
        try {
            return state != State.OPEN;
        } finally {
            lock.unlock();
        }
    }
}
