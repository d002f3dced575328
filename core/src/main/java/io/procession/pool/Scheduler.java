package io.procession.pool;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Gives tasks to workers and sees to it that each is answered.
 *
 * <p>One lock guards the queue of tasks that wait and the state of all workers; sending, launching and completing happen outside of
 * it, as {@link Effects}. A task is in exactly one place: waiting here, held by one worker, or answered. Whoever removes it from its place
 * answers it or puts it into the next, so each is answered once, whatever dies. {@link Crew} looks after the workers, {@link Watch} after
 * what happens without a message.
 */
final class Scheduler {
    private static final Duration KILLED_WITHIN = Duration.ofSeconds(20);

    /** A worker answers at once, whatever its task does. */
    private static final Duration REPLIES_WITHIN = Duration.ofSeconds(2);

    /** A task that so many workers have died with, although they had not started it, is to blame: it may be too large for them to receive. */
    private static final int MOST_STRANDINGS = 3;

    private final String name;
    private final TaskLimits limits;
    private final Duration grace;
    private final WorkerLauncher launcher;
    private final Background background;
    private final CrashBudget budget;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final TaskQueue waiting = new TaskQueue();
    private final Crew crew;
    private final Watch watch;
    private State state = State.OPEN;
    private @Nullable Throwable brokenBy;

    /** Tasks accepted and not answered. */
    private int unfinished;

    private enum State {
        OPEN,
        /** Takes no tasks, finishes those it has. */
        CLOSING,
        /** Workers are gone or going; whatever waits has been answered. */
        ENDED
    }

    Scheduler(PoolSettings settings, WorkerLauncher launcher, Background background) {
        this.name = settings.name;
        this.limits = settings.taskLimits;
        this.grace = settings.gracePeriod;
        this.budget = settings.crashBudget;
        this.launcher = launcher;
        this.background = background;
        Recycling recycling = new Recycling(settings);
        this.crew = new Crew(settings, launcher, background, this, recycling);
        this.watch = new Watch(settings, background, this, crew, recycling);
    }

    int size() {
        lock.lock();
        try {
            return crew.wanted();
        } finally {
            lock.unlock();
        }
    }

    /** Decides under the lock, then does what was decided. */
    void act(Consumer<Effects> decision) {
        Effects effects = new Effects();
        lock.lock();
        try {
            decision.accept(effects);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        effects.run();
    }

    /** Starts all workers; if one cannot be started the others are ended and the error is thrown. */
    void start() {
        try {
            for (int i = size(); i > 0; i--) {
                int number;
                lock.lock();
                try {
                    number = crew.conceive();
                } finally {
                    lock.unlock();
                }
                crew.launch(number);
            }
        } catch (RuntimeException | Error e) {
            end(() -> new CancellationException("pool " + name + " could not be started"));
            throw e;
        }
    }

    /** From now on, so many workers. */
    void resize(int count) {
        act(effects -> {
            if (state != State.OPEN) {
                throw new IllegalStateException("pool " + name + " is closed and cannot be resized");
            }
            crew.resize(count, effects);
            assign(effects);
        });
    }

    /** Under the lock: whether there is or may be work for workers. */
    boolean needsWorkers() {
        return state == State.OPEN || (state == State.CLOSING && unfinished > 0);
    }

    /** Accepts a task; its receiver will be told exactly once. */
    void submit(PoolTask task) {
        Effects effects = new Effects();
        lock.lock();
        try {
            if (state != State.OPEN && !(state == State.CLOSING && task.accepted)) {
                throw rejected();
            }
            if (task.limits == null) {
                task.limits = limits;
            }
            task.submittedNanos = background.nanoTime();
            waiting.addLast(task);
            if (unfinished++ == 0) {
                launcher.busy();
            }
            assign(effects);
        } finally {
            lock.unlock();
        }
        effects.run();
    }

    /** Refuses, if it takes no more tasks. */
    void requireOpen() {
        lock.lock();
        try {
            if (state != State.OPEN) {
                throw rejected();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Accepts a map, whose chunks {@link #submit} then takes even while the pool is being closed. It counts as one task that is not finished. */
    void enter() {
        lock.lock();
        try {
            if (state != State.OPEN) {
                throw rejected();
            }
            if (unfinished++ == 0) {
                launcher.busy();
            }
        } finally {
            lock.unlock();
        }
    }

    /** What {@linkplain #enter() was accepted} has ended. */
    void leave() {
        Effects effects = new Effects();
        lock.lock();
        try {
            if (--unfinished == 0) {
                launcher.idle();
                if (state == State.CLOSING) {
                    crew.retireAll(effects);
                }
                changed.signalAll();
            }
        } finally {
            lock.unlock();
        }
        effects.run();
    }

    private RejectedExecutionException rejected() {
        Throwable cause = brokenBy;
        return cause == null
                ? new RejectedExecutionException("pool " + name + " is closed and takes no more tasks")
                : new BrokenPoolException(name, cause);
    }

    /** Under the lock: gives waiting tasks to the least loaded workers. */
    private void assign(Effects effects) {
        long timeout = Long.MAX_VALUE;
        boolean given = false;
        while (!waiting.isEmpty()) {
            Worker worker = crew.roster.leastLoaded(crew.wanted());
            PoolTask task = worker == null ? null : waiting.poll();
            if (worker == null || task == null) {
                break;
            }
            worker.hold(task);
            task.heldNanos = background.nanoTime();
            if (task.limits().hasTimeout()) {
                timeout = Math.min(timeout, task.limits().timeoutNanos());
            }
            boolean withFunction = worker.needs(task.function);
            effects.add(() -> send(worker, task, withFunction));
            given = true;
        }
        if (given) {
            watch.given(timeout, effects);
        }
    }

    /** A worker that cannot be sent to is of no use, and what it holds runs elsewhere. */
    private static void send(Worker worker, PoolTask task, boolean withFunction) {
        try {
            worker.port.send(task, withFunction);
        } catch (RuntimeException | Error e) {
            worker.port.kill();
        }
    }

    /** A worker is connected and waits for tasks. */
    void ready(Worker worker) {
        act(effects -> {
            if (crew.ready(worker)) {
                crew.fill(effects); // those that were held back while starts failed
                assign(effects);
                relieve(worker, effects); // what was sent ahead when there were fewer does not wait behind what runs
                watch.plan(effects);
            }
        });
    }

    /**
     * A worker answered a task.
     *
     * @param spent whether the worker has met an error that leaves it unfit for more
     */
    void answered(Worker worker, long taskId, Answer answer, long workNanos, boolean spent) {
        Effects effects = new Effects();
        lock.lock();
        try {
            PoolTask task = worker.release(taskId);
            if (task == null) {
                return; // given up meanwhile
            }
            worker.measured(workNanos);
            forgetAfter(task, worker, effects);
            crew.released(worker, effects);
            if (spent) {
                crew.retire(worker, EndReason.OUT_OF_MEMORY, effects);
            } else {
                crew.recycle(worker, waiting.size(), effects);
            }
            assign(effects);
            relieve(worker, effects);
            Expiry expiry = task.expiry;
            effects.add(() -> finish(task, expiry == null ? answer : expiry.answer(false), workNanos));
        } finally {
            lock.unlock();
        }
        effects.run();
    }

    /** Under the lock: while the given worker has nothing to do, another has tasks it has not started; half of them are called back. */
    private void relieve(Worker idle, Effects effects) {
        if (idle.load() > 0 || !idle.hasRoom()) {
            return;
        }
        Worker most = crew.roster.mostLoaded();
        if (most != null) {
            recall(most, most.load() / 2, effects);
        }
    }

    /** Under the lock: asks a worker for tasks it has not started. */
    void recall(Worker worker, int count, Effects effects) {
        if (count > 0) {
            worker.recalling = true;
            worker.asked++;
            effects.add(() -> worker.port.recall(count));
        }
    }

    /** A worker gave tasks back that it had not started. */
    void returned(Worker worker, List<Long> taskIds) {
        act(effects -> {
            worker.recalling = false;
            worker.told++;
            takeBack(worker, taskIds, effects);
        });
    }

    /** A task was cancelled when its worker was about to start it, and it was not started. */
    void notBegun(Worker worker, long taskId) {
        act(effects -> takeBack(worker, List.of(taskId), effects));
    }

    private void takeBack(Worker worker, List<Long> taskIds, Effects effects) {
        for (Long id : taskIds) { // the last comes first, so the order is kept
            PoolTask task = worker.release(id);
            if (task != null) {
                forgetAfter(task, worker, effects);
                putBack(task, effects);
                crew.released(worker, effects);
            }
        }
        assign(effects);
    }

    /** Under the lock: a task that no worker has started waits again, ahead of the others. */
    private void putBack(PoolTask task, Effects effects) {
        if (task.unwanted) {
            task.returned = true;
            effects.add(() -> finishCancelled(task));
        } else if (task.expiry != null) {
            Expiry expiry = task.expiry; // the page was read just before it was taken away
            effects.add(() -> finish(task, expiry.answer(false), 0));
        } else {
            waiting.addFirst(task);
        }
    }

    /**
     * Nobody wants the answer any more. A task that has not been started is not run.
     *
     * @param interrupt whether a running one is to be interrupted and, if that does not end it in time, its worker killed
     */
    void cancel(PoolTask task, boolean interrupt) {
        act(effects -> {
            boolean waited = waiting.discard(task);
            task.unwanted = true;
            Worker holder = task.holder;
            if (waited) {
                task.returned = true;
                effects.add(() -> finishCancelled(task));
            } else if (holder != null) {
                holder.asked++;
                effects.add(() -> holder.port.withdraw(task.id));
                if (interrupt) {
                    endTask(holder, task, EndReason.CANCELLED, effects);
                }
            }
        });
    }

    /** Under the lock: a task has run for as long as it may. */
    void expire(Worker worker, PoolTask task, int item, Effects effects) {
        task.expiry = new Expiry(task, worker, item);
        recall(worker, worker.load() - 1, effects);
        endTask(worker, task, EndReason.TIMED_OUT, effects);
    }

    /** Under the lock: interrupts a task, and kills its worker if that does not end it in time. */
    private void endTask(Worker worker, PoolTask task, EndReason reason, Effects effects) {
        worker.end(task);
        effects.add(() -> worker.port.interrupt(task.id, reason == EndReason.TIMED_OUT));
        effects.add(() -> background.later(
                grace,
                () -> act(later -> {
                    if (worker.holds(task)) {
                        crew.condemn(worker, reason, later);
                    }
                })));
    }

    /** A worker tells what it was doing when a task came to its deadline. */
    void dumped(Worker worker, long taskId, String dump) {
        act(effects -> {
            PoolTask task = worker.held(taskId);
            Expiry expiry = task == null ? null : task.expiry;
            if (expiry != null) {
                expiry.dumped(dump);
            }
        });
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
        act(effects -> {
            function.ended = true;
            for (Worker worker : crew.roster) {
                forget(function, worker, effects);
            }
        });
    }

    /** Under the lock, after a worker has released a task: it may have been the last that needed its function. */
    private static void forgetAfter(PoolTask task, Worker worker, Effects effects) {
        MappedFunction function = task.function;
        if (function != null && function.ended) {
            forget(function, worker, effects);
        }
    }

    private static void forget(MappedFunction function, Worker worker, Effects effects) {
        if (worker.drop(function)) {
            effects.add(() -> worker.port.forget(function.id()));
        }
    }

    private void finish(PoolTask task, Answer answer, long workNanos) {
        task.receiver.answered(answer, workNanos);
        leave();
    }

    /** The process of a worker has ended and all it had sent has been received. */
    void gone(Worker worker, WorkerEnd end) {
        act(effects -> {
            boolean wasReady = worker.readyNanos != 0;
            worker.become(Worker.State.GONE);
            worker.endedNanos = background.nanoTime();
            crew.roster.remove(worker);
            boolean died = worker.reason == null;
            List<PoolTask> homeless = worker.releaseAll();
            PoolTask started = null;
            for (int i = homeless.size() - 1; i >= 0; i--) {
                PoolTask task = homeless.get(i);
                if (task.id == end.startedTask()) {
                    started = task;
                } else if (died && i == 0 && wasReady && isStranded(task)) {
                    effects.add(() -> finish(task, new Answer.Lost(end.failure(worker, task, false)), 0));
                } else {
                    putBack(task, effects);
                }
            }
            if (started != null) {
                settle(started, worker, end, effects);
            }
            judge(worker, wasReady, end, effects);
            assign(effects);
        });
        closeIfEnded();
    }

    /** Under the lock: the oldest task of a worker that died without having started it. */
    private static boolean isStranded(PoolTask task) {
        return ++task.strandings >= MOST_STRANDINGS;
    }

    /** Under the lock: a worker ended while it ran this task. */
    private void settle(PoolTask task, Worker worker, WorkerEnd end, Effects effects) {
        Expiry expiry = task.expiry;
        if (task.unwanted) {
            effects.add(() -> finish(
                    task,
                    new Answer.Lost(new CancellationException("task " + task.id + " was ended with its worker")),
                    0));
        } else if (expiry != null) {
            effects.add(() -> finish(task, expiry.answer(true), 0));
        } else if (worker.reason == EndReason.MEMORY_LIMIT) {
            effects.add(() -> finish(task, new Answer.Lost(end.memoryFailure(worker, task), end.item()), 0));
        } else {
            WorkerDiedException death = end.failure(worker, task, true);
            task.deaths.add(death);
            if (task.deaths.size() <= task.limits().retries() && state != State.ENDED) {
                waiting.addLast(task); // behind the others: what may end its worker again shall not keep them waiting
            } else {
                effects.add(() -> finish(task, new Answer.Lost(death, end.item()), 0));
            }
        }
    }

    /** Under the lock: what the end of a worker means for the pool. */
    private void judge(Worker worker, boolean wasReady, WorkerEnd end, Effects effects) {
        boolean startFailed = !wasReady && (worker.reason == null || worker.reason == EndReason.DID_NOT_START);
        if (startFailed) {
            crew.startFailed(end.startFailure(worker, StartFailures.MOST), effects);
        } else if (worker.reason == null && budget.isSpentBy(background.nanoTime())) {
            breakDown(end.budgetFailure(worker, budget), effects);
        } else {
            crew.fill(effects);
        }
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
        return unfinished == 0 && crew.isEmpty();
    }

    /** Under the lock: the pool gives up. Each task is told why, with a failure of its own. */
    void breakDown(Throwable cause, Effects effects) {
        if (state != State.ENDED) {
            brokenBy = cause;
            for (PoolTask task : takeAll()) {
                effects.add(() -> finish(task, new Answer.Lost(new BrokenPoolException(name, cause)), 0));
            }
            crew.roster.forEach(worker -> crew.condemn(worker, EndReason.CLOSED, effects));
            effects.add(this::closeIfEnded);
        }
    }

    /** Takes no more tasks; those accepted are finished, then the workers end. Does not wait. */
    void shutdown() {
        act(effects -> {
            if (state == State.OPEN) {
                state = State.CLOSING;
                if (unfinished == 0) {
                    crew.retireAll(effects);
                }
            }
        });
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
        List<Worker> asked = new ArrayList<>();
        act(effects -> {
            crew.roster.forEach(asked::add);
            asked.forEach(worker -> unfinishedTasks.addAll(worker.held()));
            unfinishedTasks.addAll(waiting.list());
        });
        shutdown();
        for (int i = unfinishedTasks.size() - 1; i >= 0; i--) { // the last first, or each would move up and be started
            cancel(unfinishedTasks.get(i), true);
        }
        awaitReplies(asked);
        act(effects -> unfinishedTasks.removeIf(task -> !task.returned));
        return unfinishedTasks;
    }

    /** Waits until the workers have told which tasks they had not started. One that is stopped, or has no memory left, is not waited for without bound. */
    private void awaitReplies(List<Worker> asked) {
        long left = REPLIES_WITHIN.toNanos();
        boolean interrupted = false;
        lock.lock();
        try {
            while (left > 0 && asked.stream().anyMatch(Scheduler::owesReply)) {
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

    private static boolean owesReply(Worker worker) {
        return worker.state() != Worker.State.GONE && worker.told < worker.asked;
    }

    /** Ends everything now: workers are killed, each unfinished task is answered with a failure of its own. */
    void end(Supplier<? extends Throwable> failure) {
        giveUp(failure);
        act(effects -> crew.roster.forEach(worker -> crew.condemn(worker, EndReason.CLOSED, effects)));
        closeIfEnded();
    }

    /** Answers each unfinished task with a failure of its own and takes no more. The workers live on. */
    void giveUp(Supplier<? extends Throwable> failure) {
        act(effects -> {
            for (PoolTask task : takeAll()) {
                effects.add(() -> finish(task, new Answer.Lost(failure.get()), 0));
            }
        });
    }

    /** Under the lock: nothing is run any more; the tasks that now have no answer. */
    private List<PoolTask> takeAll() {
        state = State.ENDED;
        List<PoolTask> lost = new ArrayList<>(waiting.drain());
        for (Worker worker : crew.roster) {
            lost.addAll(worker.releaseAll());
        }
        return lost;
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
