package io.procession.pool;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Sees to it that the pool has as many workers as it is meant to have: launches them, replaces those that end, and ends those that are to go. All
 * methods, except those that say otherwise, are called under the {@link Scheduler}'s lock.
 */
final class Crew {
    /** How long a worker may live that was told to end; it may have shutdown hooks of its own. */
    private static final Duration FAREWELL = Duration.ofSeconds(10);

    final Roster roster = new Roster();

    private final String name;
    private final WorkerLauncher launcher;
    private final Background background;
    private final Scheduler scheduler;
    private final PoolLife life;
    private final Recycling recycling;
    private final StartFailures failures = new StartFailures();
    private final StartWatch starts;
    private final Duration farewell;

    /** Written under the lock. */
    private volatile int wanted;

    private int launched;
    private int launching;
    private boolean pausing;

    Crew(
            PoolSettings settings,
            WorkerLauncher launcher,
            Background background,
            Scheduler scheduler,
            PoolLife life,
            Recycling recycling) {
        this.name = settings.name;
        this.wanted = settings.workers;
        this.launcher = launcher;
        this.background = background;
        this.scheduler = scheduler;
        this.life = life;
        this.recycling = recycling;
        this.starts = new StartWatch(settings, background, scheduler, this);
        this.farewell = FAREWELL.plus(settings.hooks.finalizerTimeout());
    }

    int wanted() {
        return wanted;
    }

    int launching() {
        return launching;
    }

    /** Whether all it shall have are ready, successors included. */
    boolean isFullyReady() {
        return roster.ready() >= wanted + roster.succeeded();
    }

    boolean isEmpty() {
        return roster.isEmpty() && launching == 0;
    }

    /** A launch begins, which {@link #launch} goes on with; its number. */
    int conceive() {
        launching++;
        return ++launched;
    }

    /** The launches of all workers of a new pool begin: none that is ready before the last of them shall think that others are missing. */
    List<Integer> conceiveAll() {
        List<Integer> numbers = new ArrayList<>();
        while (numbers.size() < wanted) {
            numbers.add(conceive());
        }
        return numbers;
    }

    /** So many launches that had begun do not go on. */
    void giveUp(int launches) {
        launching -= launches;
    }

    /** Launches what is missing, soon and on another thread. */
    void fill(Effects effects) {
        if (!life.needsWorkers()) {
            return;
        }
        int missing = wanted + roster.succeeded() - roster.staff() - launching;
        if (missing > 0 && !failures.pause().isZero()) {
            pause(effects);
            return;
        }
        for (int i = 0; i < missing; i++) {
            int number = conceive();
            effects.add(() -> launchElsewhere(number));
        }
    }

    /** The last start failed: the next is tried a little later. */
    private void pause(Effects effects) {
        if (!pausing) {
            pausing = true;
            Duration pause = failures.pause();
            effects.add(() -> background.later(pause, () -> scheduler.act(this::tryAgain)));
        }
    }

    /** One worker is tried, and if it starts, the others follow. */
    private void tryAgain(Effects effects) {
        pausing = false;
        if (life.needsWorkers() && wanted + roster.succeeded() > roster.staff() + launching) {
            int number = conceive();
            effects.add(() -> launchElsewhere(number));
        }
    }

    private void launchElsewhere(int number) {
        Runnable launch = () -> {
            try {
                launch(number);
            } catch (RuntimeException | Error e) {
                scheduler.act(effects -> startFailed(e, effects));
            }
        };
        try {
            background.execute(launch);
        } catch (RuntimeException | Error noThread) {
            scheduler.act(effects -> {
                launching--;
                startFailed(noThread, effects);
            });
        }
    }

    /** Not under the lock: starts a worker. What it throws has left nothing. */
    void launch(int number) {
        Worker worker = null;
        try {
            worker = launcher.launch(name + "-worker-" + number, wanted);
        } finally {
            Worker started = worker;
            scheduler.act(effects -> joined(started, effects));
        }
    }

    private void joined(@Nullable Worker worker, Effects effects) {
        launching--;
        if (worker == null) {
            return;
        }
        worker.taskLimit = recycling.maxTasks();
        worker.launchedNanos = background.nanoTime();
        roster.add(worker);
        effects.add(() -> launcher.introduce(worker, scheduler)); // what it said or met before now is told now
        if (!life.needsWorkers()) {
            condemn(worker, EndReason.CLOSED, effects);
        } else if (roster.staff() > wanted + roster.succeeded()) {
            condemn(worker, EndReason.SHRUNK, effects);
        } else {
            starts.begin(worker, effects);
        }
    }

    /** A worker is connected and waits for tasks; false if it is not to have any. */
    boolean ready(Worker worker) {
        failures.succeeded();
        worker.readyNanos = background.nanoTime();
        return worker.become(WorkerStage.READY);
    }

    /** A worker ended before it was ready, or could not even be launched. Without hope the pool is broken; else it is tried again. */
    void startFailed(Throwable cause, Effects effects) {
        failures.failed();
        if (failures.isHopeless() && isEmpty() && life.needsWorkers()) {
            scheduler.breakDown(cause, effects);
        } else {
            fill(effects);
            effects.add(scheduler::closeIfEnded); // it may be the last that a pool being closed has waited for
        }
    }

    /** The worker gets no more tasks, finishes the one it runs, gives back the others, and ends; another takes its place now. */
    void retire(Worker worker, EndReason reason, Effects effects) {
        if (worker.state() == WorkerStage.STARTING) {
            condemn(worker, reason, effects);
        } else if (worker.become(WorkerStage.RETIRING)) {
            worker.reason = reason;
            int load = worker.load();
            if (load == 0) {
                dismiss(worker, effects);
            } else {
                scheduler.recall(worker, load, effects);
            }
            fill(effects);
        }
    }

    /** The worker will answer no more. Its successor need not wait until the evidence of its end has been gathered. */
    void lost(Worker worker, Effects effects) {
        if (worker.become(WorkerStage.LOST)) {
            fill(effects);
        }
    }

    /** It holds one task less. */
    void released(Worker worker, Effects effects) {
        if (worker.load() == 0 && worker.state() == WorkerStage.RETIRING) {
            dismiss(worker, effects);
        }
    }

    private void dismiss(Worker worker, Effects effects) {
        effects.add(worker.port::retire);
        effects.add(() -> background.later(farewell, worker.port::kill));
    }

    /** The worker is killed. */
    void condemn(Worker worker, EndReason reason, Effects effects) {
        if (worker.become(WorkerStage.CONDEMNED)) {
            worker.reason = reason;
            effects.add(worker.port::kill);
        }
    }

    /** After an answer: whether this worker has done its share, or will soon. */
    void recycle(Worker worker, int waiting, Effects effects) {
        EndReason reason = recycling.afterAnswer(worker);
        if (reason != null) {
            retire(worker, reason, effects);
        } else if (!worker.succeeded && worker.state() == WorkerStage.READY && recycling.endsSoon(worker, waiting)) {
            succeed(worker, effects);
        }
    }

    /** Starts the worker's successor while it still works. */
    void succeed(Worker worker, Effects effects) {
        worker.succeeded = true;
        fill(effects);
    }

    /** From now on so many. */
    void resize(int count, Effects effects) {
        wanted = count;
        while (roster.staff() > wanted + roster.succeeded()) {
            Worker surplus = roster.leastNeeded();
            if (surplus == null) {
                break;
            }
            retire(surplus, EndReason.SHRUNK, effects);
        }
        fill(effects);
    }

    /** There is nothing left to do. */
    void retireAll(Effects effects) {
        for (Worker worker : roster) {
            retire(worker, EndReason.CLOSED, effects);
        }
    }
}
