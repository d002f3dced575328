package io.procession.pool;

import io.procession.codec.SerializationException;
import io.procession.internal.codec.EncodeTarget;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Gives tasks to workers and sees to it that each is answered.
 *
 * <p>One lock, that of {@link PoolLife}, guards the queue of tasks that wait and the state of all workers; sending, launching and completing happen
 * outside of it, as {@link Effects}. A task is in exactly one place: waiting here, held by one worker, or answered. Whoever removes it from its
 * place answers it or puts it into the next, so each is answered once, whatever dies. {@link Crew} looks after the workers, {@link Watch} after what
 * happens without a message, {@link Aftermath} after what a worker leaves behind.
 */
final class Scheduler {
    private static final Duration KILLED_WITHIN = Duration.ofSeconds(20);

    /** Whoever did not give a task back, since it had not arrived, is asked again; and who is not to be killed yet, is looked at again. */
    private static final Duration AGAIN = Duration.ofMillis(100);

    /** A process that is younger may not have heard of an interrupt yet. */
    private static final long FRESH_NANOS = 2_000_000_000;

    /** A worker that is to be killed and does not give back what it has not started is looked at so often, {@link #AGAIN} apart: it is stopped. */
    private static final int MOST_LOOKS = 5;

    /** A worker answers at once, whatever its task does. */
    private static final Duration REPLIES_WITHIN = Duration.ofSeconds(2);

    /** How long a worker may take to tell what it does when a task has come to its deadline; one that is stopped takes for ever. */
    private static final Duration DUMPS_WITHIN = Duration.ofSeconds(2);

    private final String name;
    private final TaskLimits limits;
    private final Duration grace;
    private final WorkerLauncher launcher;
    private final Background background;
    private final PoolLife life;
    private final TaskQueue waiting = new TaskQueue();
    private final Tally tally = new Tally();
    private final EventFeed events;
    private final Crew crew;
    private final Watch watch;
    private final Aftermath aftermath;

    /** What is known of who decodes tasks: the workers of a pool are started alike, so it is what the last one to be ready has. */
    private volatile EncodeTarget target = EncodeTarget.ANYONE;

    Scheduler(PoolSettings settings, WorkerLauncher launcher, Background background) {
        this.name = settings.name;
        this.limits = settings.taskLimits;
        this.grace = settings.gracePeriod;
        this.launcher = launcher;
        this.background = background;
        this.life = new PoolLife(name, launcher);
        this.events = new EventFeed(settings.listener, background);
        Recycling recycling = new Recycling(settings);
        this.crew = new Crew(settings, launcher, background, this, life, recycling);
        this.watch = new Watch(settings, background, this, crew, recycling);
        this.aftermath = new Aftermath(settings, this, crew, background, life, tally, events);
    }

    int size() {
        return crew.wanted();
    }

    /** For whom tasks are to be encoded: a worker of this pool, whichever it will be. Encoded for nobody in particular before one is ready, they are judged when they get a worker. */
    EncodeTarget target() {
        return target;
    }

    PoolStats stats() {
        return life.look(() -> tally.stats(name, crew.wanted(), crew.roster, waiting.size(), background.nanoTime()));
    }

    boolean isShutdown() {
        return life.look(() -> !life.isOpen());
    }

    boolean isTerminated() {
        return life.look(() -> life.isDone() && crew.isEmpty());
    }

    /** Decides under the lock, then does what was decided. */
    void act(Consumer<Effects> decision) {
        life.act(decision);
    }

    /** Starts all workers; if one cannot be started the others are ended and the error is thrown. */
    void start() {
        List<Integer> numbers = life.look(crew::conceiveAll);
        int begun = 0;
        try {
            for (int number : numbers) {
                begun++;
                crew.launch(number);
            }
        } catch (RuntimeException | Error e) {
            int others = numbers.size() - begun;
            act(effects -> crew.giveUp(others));
            end(() -> new CancellationException("pool " + name + " could not be started"));
            throw e;
        }
    }

    /** From now on, so many workers. */
    void resize(int count) {
        act(effects -> {
            if (!life.isOpen()) {
                throw new IllegalStateException("pool " + name + " is closed and cannot be resized");
            }
            crew.resize(count, effects);
            assign(effects);
            events.tell(new PoolEvent.Resized(name, count), effects);
        });
    }

    /** Accepts a task; its receiver will be told exactly once. */
    void submit(PoolTask task) {
        act(effects -> {
            life.accept(task.accepted);
            if (task.limits == null) {
                task.limits = limits;
            }
            tally.submitted();
            task.submittedNanos = background.nanoTime();
            if (task.unwanted) { // by whoever closed its map meanwhile
                task.place = PoolTask.Place.ANSWERED;
                concludeCancelled(task, effects);
                return;
            }
            waiting.addLast(task);
            assign(effects);
        });
    }

    /** The worker that has this task and no other; null if there is none. */
    @Nullable
    WorkerPort workerOnlyFor(PoolTask task) {
        return life.look(() -> {
            Worker holder = task.holder;
            return holder != null && holder.load() == 1 ? holder.port : null;
        });
    }

    /** Refuses, if it takes no more tasks. */
    void requireOpen() {
        if (!life.look(life::isOpen)) {
            throw life.rejected();
        }
    }

    /** Accepts a map, whose chunks {@link #submit} then takes even while the pool is being closed. It counts as one task that is not finished. */
    void enter() {
        act(effects -> life.accept(false));
    }

    /**
     * Something that was accepted, and is just being answered, is not over: as {@link #enter}, also while the pool is being closed.
     *
     * @return false if nothing is run any more
     */
    boolean hold() {
        try {
            act(effects -> life.accept(true));
            return true;
        } catch (RejectedExecutionException | CancellationException ended) {
            return false;
        }
    }

    /** What {@linkplain #enter() was accepted} or {@linkplain #hold held} has ended. */
    void leave() {
        leave(1);
    }

    private void leave(int count) {
        act(effects -> {
            if (life.finished(count)) {
                crew.retireAll(effects);
                effects.add(this::closeIfEnded); // there may be no worker to retire, because none could be started
            }
        });
    }

    /** Under the lock: gives waiting tasks to the least loaded workers. */
    private void assign(Effects effects) {
        long timeout = Long.MAX_VALUE;
        boolean given = false;
        boolean many = waiting.size() >= Worker.WORTH_SENDING;
        Dispatch dispatch = new Dispatch(effects);
        while (!waiting.isEmpty()) {
            Worker worker = crew.roster.leastLoaded(crew.wanted(), many);
            PoolTask task = worker == null ? null : waiting.poll();
            if (worker == null || task == null) {
                break;
            }
            SerializationException refusal = task.refusal(worker.port.target());
            if (refusal != null) {
                task.place = PoolTask.Place.ANSWERED;
                conclude(task, new Answer.Lost(refusal), 0, effects);
                continue;
            }
            worker.hold(task);
            task.heldNanos = background.nanoTime();
            tally.held(task);
            if (task.limits().hasTimeout()) {
                timeout = Math.min(timeout, task.limits().timeoutNanos());
            }
            dispatch.send(worker, task);
            given = true;
        }
        if (given) {
            watch.given(timeout, effects);
        }
    }

    /** A worker is connected and waits for tasks. */
    void ready(Worker worker) {
        act(effects -> {
            if (crew.ready(worker)) {
                target = new EncodeTarget(
                        "a worker of pool " + name, worker.port.target().transports());
                crew.fill(effects); // those that were held back while starts failed
                assign(effects);
                relieve(worker, effects); // what was sent ahead when there were fewer does not wait behind what runs
                watch.plan(effects);
                if (events.isHeard()) {
                    Duration after = Duration.ofNanos(worker.startNanos(worker.readyNanos));
                    events.tell(new PoolEvent.WorkerReady(name, worker.name, worker.port.pid(), after), effects);
                }
            }
        });
    }

    /** A worker answered tasks. */
    void answered(Worker worker, List<WorkerAnswer> answers) {
        act(effects -> {
            Conclusions conclusions = new Conclusions(answers.size());
            for (WorkerAnswer each : answers) {
                PoolTask task = worker.release(each.taskId());
                if (task != null) { // else it was given up meanwhile
                    answered(worker, task, each, effects);
                    Answer answer = task.expiry == null ? each.answer() : task.expiry.answer(false);
                    tally.ended(Outcome.of(task, answer));
                    conclusions.add(task, answer, each.workNanos());
                }
            }
            if (conclusions.isEmpty()) {
                return;
            }
            assign(effects);
            relieve(worker, effects);
            effects.add(() -> conclusions.tell(this::leave));
        });
    }

    private void answered(Worker worker, PoolTask task, WorkerAnswer answer, Effects effects) {
        worker.measured(answer.workNanos());
        tally.measured(worker, task.id, answer.workNanos());
        forgetAfter(task, worker, effects);
        crew.released(worker, effects);
        if (answer.spent()) {
            crew.retire(worker, EndReason.OUT_OF_MEMORY, effects);
        } else {
            crew.recycle(worker, waiting.size(), effects);
        }
    }

    /** Under the lock: while the given worker has nothing to do, another has tasks it has not started; half of them are called back. */
    private void relieve(Worker idle, Effects effects) {
        if (idle.load() > 0 || !idle.hasRoom(false)) {
            return;
        }
        Worker most = crew.roster.mostLoaded();
        if (most != null) {
            recall(most, most.load() / 2, effects);
        }
    }

    /** Under the lock: the same for whoever would get the next task. */
    private void relieve(Effects effects) {
        Worker next = waiting.isEmpty() ? crew.roster.leastLoaded(crew.wanted(), false) : null;
        if (next != null) {
            relieve(next, effects);
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
            if (!taskIds.isEmpty()) {
                relieve(effects); // others may have nothing to do, too
            } else if (worker.load() > 1) { // what it did not find may be on its way, and be large
                effects.add(() -> background.later(AGAIN, () -> act(this::relieve)));
            }
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
    void putBack(PoolTask task, Effects effects) {
        if (task.unwanted) {
            task.returned = true;
            concludeCancelled(task, effects);
        } else if (task.expiry != null) { // the page was read just before it was taken away
            conclude(task, task.expiry.answer(false), 0, effects);
        } else {
            waiting.addFirst(task);
        }
    }

    /** Under the lock: a task whose worker died waits again, behind the others: what may end its worker again shall not keep them waiting. */
    void retry(PoolTask task) {
        task.expiry = null;
        waiting.addLast(task);
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
                concludeCancelled(task, effects);
            } else if (holder != null) {
                holder.asked++;
                effects.add(() -> holder.port.withdraw(task.id));
                if (interrupt) {
                    holder.end(task);
                    effects.add(() -> holder.port.interrupt(task.id, false));
                    killAfterGrace(holder, task, EndReason.CANCELLED, effects);
                }
            }
        });
    }

    /** Under the lock: a task has run for as long as it may. */
    void expire(Worker worker, PoolTask task, int item, Effects effects) {
        task.expiry = new Expiry(task, worker, item);
        recall(worker, worker.load() - 1, effects);
        worker.end(task);
        effects.add(() -> worker.port.interrupt(task.id, true));
        effects.add(() -> background.later(DUMPS_WITHIN, () -> act(later -> beginGrace(worker, task, later))));
        events.tell(
                new PoolEvent.TaskTimedOut(
                        name, task.id, worker.name, task.limits().timeout()),
                effects);
    }

    /** Under the lock: the worker has told what it was doing, and interrupted the task; or it has not, and will not. */
    private void beginGrace(Worker worker, PoolTask task, Effects effects) {
        Expiry expiry = task.expiry;
        if (expiry != null && !expiry.grace && worker.holds(task)) {
            expiry.grace = true;
            killAfterGrace(worker, task, EndReason.TIMED_OUT, effects);
        }
    }

    /** Under the lock: the task was interrupted; if that does not end it in time, its worker is killed. */
    private void killAfterGrace(Worker worker, PoolTask task, EndReason reason, Effects effects) {
        killAfter(grace, worker, task, reason, 0, effects);
    }

    /**
     * @param looks how often the worker was spared for tasks that it may start at this very moment, and was asked for
     */
    private void killAfter(Duration time, Worker worker, PoolTask task, EndReason reason, int looks, Effects effects) {
        long begin = background.nanoTime();
        effects.add(() -> background.later(time, () -> {
            boolean late = background.nanoTime() - begin - TimeUnit.NANOSECONDS.convert(time) > Background.LATE_NANOS;
            Progress progress = worker.port.progress(); // now, and not as the last message told
            act(later -> {
                PoolTask running = progress.running() ? worker.held(progress.task()) : null;
                if (!worker.holds(task)) {
                    return;
                } else if (!time.isZero() && !worker.port.hearsInterrupts() && isFresh(worker)) {
                    killAfter(time, worker, task, reason, looks, later); // it cannot have heeded what it has not heard
                } else if (late) {
                    killAfter(time, worker, task, reason, looks, later); // it has not had it
                } else if (running != null && !running.ending) {
                    // Another task, which is innocent; this one has not begun, and does not any more.
                    killAfter(time.compareTo(AGAIN) < 0 ? AGAIN : time, worker, task, reason, looks, later);
                } else if (worker.load() > 1 && looks < MOST_LOOKS) {
                    // If the task ends by itself just now, the next shall not be there to be killed in its place.
                    recall(worker, worker.load() - 1, later);
                    killAfter(AGAIN, worker, task, reason, looks + 1, later);
                } else {
                    crew.condemn(worker, reason, later);
                }
            });
        }));
    }

    private boolean isFresh(Worker worker) {
        return background.nanoTime() - worker.launchedNanos < FRESH_NANOS;
    }

    /** A worker tells what it was doing when a task came to its deadline. */
    void dumped(Worker worker, long taskId, String dump) {
        act(effects -> {
            PoolTask task = worker.held(taskId);
            Expiry expiry = task == null ? null : task.expiry;
            if (task != null && expiry != null) {
                expiry.dumped(dump);
                beginGrace(worker, task, effects);
            }
        });
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

    /** Under the lock: a task, which is in no place any more, has ended. */
    void conclude(PoolTask task, Answer answer, long workNanos, Effects effects) {
        tally.ended(Outcome.of(task, answer));
        effects.add(() -> finish(task, answer, workNanos));
    }

    private void concludeCancelled(PoolTask task, Effects effects) {
        CancellationException failure =
                new CancellationException("task " + task.id + " was cancelled before it started");
        conclude(task, new Answer.Lost(failure), 0, effects);
    }

    /** Under the lock: all of them fail, each with a failure of its own. */
    private void concludeAll(
            List<PoolTask> tasks, Outcome outcome, Supplier<? extends Throwable> failure, Effects effects) {
        for (PoolTask task : tasks) {
            tally.ended(outcome);
            effects.add(() -> finish(task, new Answer.Lost(failure.get()), 0));
        }
    }

    private void finish(PoolTask task, Answer answer, long workNanos) {
        try {
            task.receiver.answered(answer, workNanos);
        } finally {
            leave();
        }
    }

    /** The connection or the process of a worker has ended. What it sent before may still come; {@link #gone} follows. */
    void lost(Worker worker) {
        act(effects -> crew.lost(worker, effects));
    }

    /** The process of a worker has ended and all it had sent has been received. */
    void gone(Worker worker, WorkerEnd end) {
        act(effects -> {
            aftermath.gone(worker, end, effects);
            assign(effects);
        });
        closeIfEnded();
    }

    /** What workers needed is closed with the last of them, even if nobody waits for the end. */
    void closeIfEnded() {
        if (isTerminated()) {
            launcher.close();
        }
    }

    /** Under the lock: the pool gives up. Each task is told why, with a failure of its own. */
    void breakDown(Throwable cause, Effects effects) {
        if (!life.hasEnded()) {
            life.breakBy(cause);
            concludeAll(takeAll(), Outcome.LOST, () -> new BrokenPoolException(name, cause), effects);
            condemnAll(effects);
            effects.add(this::closeIfEnded);
            events.tell(new PoolEvent.Broken(name, String.valueOf(cause.getMessage())), effects);
        }
    }

    private void condemnAll(Effects effects) {
        crew.roster.forEach(worker -> crew.condemn(worker, EndReason.CLOSED, effects));
    }

    /** Takes no more tasks; those accepted are finished, then the workers end. Does not wait. */
    void shutdown() {
        act(effects -> {
            life.close();
            if (life.isDone()) {
                crew.retireAll(effects);
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
        List<PoolTask> unfinished = new ArrayList<>();
        List<Worker> asked = new ArrayList<>();
        act(effects -> {
            life.stop();
            crew.roster.forEach(asked::add);
            asked.forEach(worker -> unfinished.addAll(worker.held()));
            unfinished.addAll(waiting.list());
        });
        shutdown();
        for (int i = unfinished.size() - 1; i >= 0; i--) { // the last first, or each would move up and be started
            cancel(unfinished.get(i), true);
        }
        // One that is stopped, or has no memory left, is not waited for without bound.
        life.awaitWhile(() -> asked.stream().anyMatch(Worker::owesReply), REPLIES_WITHIN);
        act(effects -> unfinished.removeIf(task -> !task.returned));
        return unfinished;
    }

    /** Ends everything now: workers are killed, each unfinished task is answered with a failure of its own. */
    void end(Supplier<? extends Throwable> failure) {
        giveUp(failure);
        act(this::condemnAll);
        closeIfEnded();
    }

    /** Answers each unfinished task with a failure of its own and takes no more. The workers live on. */
    void giveUp(Supplier<? extends Throwable> failure) {
        act(effects -> {
            life.end();
            concludeAll(takeAll(), Outcome.CANCELLED, failure, effects);
        });
    }

    /** Under the lock: all tasks, which now are in no place. */
    private List<PoolTask> takeAll() {
        List<PoolTask> lost = new ArrayList<>(waiting.drain());
        for (Worker worker : crew.roster) {
            lost.addAll(worker.releaseAll());
        }
        return lost;
    }

    /** Waits until all workers have ended after {@link #shutdown} or {@link #end}. */
    boolean awaitEnd(@Nullable Duration timeout) throws InterruptedException {
        boolean ended = life.awaitEnd(timeout, () -> !crew.isEmpty());
        if (ended) {
            launcher.close();
        }
        return ended;
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
}
