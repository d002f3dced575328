package io.procession.pool;

import static org.assertj.core.api.Assertions.assertThat;

import io.procession.internal.child.Exit;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** A worker with a link in each direction; what is on the way to the pool still arrives after its death. */
final class SimulatedWorker implements WorkerPort {
    private static final Exit KILLED = new Exit(137, "SIGKILL", true, "", List.of(), null, null);

    final Worker worker;
    private final Simulation simulation;
    private final Deque<Runnable> toWorker = new ArrayDeque<>();
    private final Deque<Runnable> large = new ArrayDeque<>();
    private final Deque<Runnable> toPool = new ArrayDeque<>();
    private final Deque<PoolTask> inbox = new ArrayDeque<>();
    private final List<WorkerAnswer> held = new ArrayList<>();

    /** What it sent last, which may still be in its page. */
    private List<WorkerAnswer> sentLast = List.of();

    /** Withdrawn or cancelled before they could be found; they do not begin. */
    private final Set<Long> withdrawn = new HashSet<>();

    /** A kill takes a while to arrive. */
    private int killedIn = -1;

    private PoolTask started;
    private boolean interrupted;
    private boolean ready;
    private boolean retiring;
    private boolean killed;
    private boolean stopped;
    private int answered;
    private long memory;

    SimulatedWorker(Simulation simulation, String name) {
        this.simulation = simulation;
        this.worker = new Worker(name, this);
    }

    /** Whether it runs a task, and nobody has killed it: its successor may begin before the kill arrives. */
    boolean isWorking() {
        return started != null && !killed && killedIn < 0;
    }

    /** Dies, is stopped, or goes on. */
    void mishap() {
        int choice = simulation.random.nextInt(3);
        if (choice == 0) {
            die();
        } else {
            stopped = choice == 1;
        }
    }

    void step() {
        if (killedIn >= 0 && killedIn-- == 0) {
            killed = true;
        }
        if (killed || (retiring && inbox.isEmpty() && started == null && held.isEmpty() && toPool.isEmpty())) {
            die();
        } else if (stopped && !simulation.isPeaceful()) {
            return;
        } else if (!ready) {
            begin();
        } else if (!toPool.isEmpty() && simulation.random.nextBoolean()) {
            toPool.remove().run();
        } else if (!toWorker.isEmpty() && simulation.random.nextBoolean()) {
            toWorker.remove().run();
        } else if (!large.isEmpty() && simulation.random.nextBoolean()) {
            large.remove().run();
        } else if (started != null) {
            work();
        } else if (!inbox.isEmpty()) {
            start(inbox.remove());
        } else {
            sendHeld();
        }
    }

    private void begin() {
        if (simulation.goesWrong(5)) {
            die();
        } else {
            ready = true;
            toPool.add(() -> simulation.scheduler.ready(worker));
        }
    }

    private void start(PoolTask task) {
        if (withdrawn.remove(task.id)) {
            sendHeld();
            toPool.add(() -> simulation.scheduler.notBegun(worker, task.id));
            return;
        }
        started = task;
        interrupted = false;
        SimulatedTask simulated = simulation.tasks.get(task);
        simulated.runs++;
        simulation.started();
    }

    private void work() {
        SimulatedTask task = simulation.tasks.get(started);
        if (task.kills) {
            die();
            return;
        }
        memory = task.takesAllMemory ? 2 << 20 : memory + simulation.random.nextInt(100_000);
        boolean hangs = task.hangs && !simulation.isPeaceful() && (!interrupted || task.ignoresInterrupts);
        if (!hangs) {
            answer();
        }
    }

    private void answer() {
        long id = started.id;
        started = null;
        boolean spent = simulation.goesWrong(3);
        long nanos = simulation.random.nextInt(1_000_000);
        answered++;
        assertThat(answered)
                .as("tasks of one worker, seed %d", simulation.seed)
                .isLessThanOrEqualTo(simulation.settings.maxTasksPerWorker);
        held.add(new WorkerAnswer(id, new Answer.Lost(new ArithmeticException("its own")), nanos, spent));
        if (spent || inbox.isEmpty() || simulation.random.nextBoolean()) {
            sendHeld();
        }
    }

    private void sendHeld() {
        if (!held.isEmpty()) {
            List<WorkerAnswer> answers = List.copyOf(held);
            held.clear();
            sentLast = answers;
            toPool.add(() -> simulation.scheduler.answered(worker, answers));
        }
    }

    private void die() {
        if (simulation.alive.remove(this)) {
            killed = true;
            if (simulation.random.nextBoolean()) {
                simulation.scheduler.lost(worker);
            }
            simulation.execute(this::gone); // later: what it has left is looked through first
        }
    }

    private void gone() {
        sendHeld(); // from its page
        toPool.forEach(Runnable::run);
        if (!sentLast.isEmpty() && simulation.random.nextInt(4) == 0) {
            simulation.scheduler.answered(worker, sentLast); // it was in the kernel, and in the page still
        }
        long startedId = started == null ? 0 : started.id;
        simulation.scheduler.gone(worker, new WorkerEnd(startedId, 0, 1, KILLED, DeathCause.KILLED));
    }

    @Override
    public long pid() {
        return 1;
    }

    @Override
    public void send(PoolTask task, boolean withFunction) {
        Runnable arrival = () -> inbox.add(task);
        if (simulation.random.nextInt(10) == 0) {
            large.add(arrival); // small ones overtake it
        } else {
            toWorker.add(arrival);
        }
    }

    @Override
    public void recall(int count) {
        toWorker.add(() -> {
            List<Long> ids = new ArrayList<>();
            while (ids.size() < count && !inbox.isEmpty()) {
                ids.add(inbox.removeLast().id);
            }
            toPool.add(() -> simulation.scheduler.returned(worker, ids));
        });
    }

    @Override
    public void withdraw(long taskId) {
        toWorker.add(() -> {
            boolean removed = inbox.removeIf(task -> task.id == taskId);
            if (!removed && (started == null || started.id != taskId)) {
                withdrawn.add(taskId);
            }
            toPool.add(() -> simulation.scheduler.returned(worker, removed ? List.of(taskId) : List.of()));
        });
    }

    @Override
    public void forget(long functionId) {}

    @Override
    public void interrupt(long taskId, boolean withDump) {
        if (started != null && started.id == taskId && !stopped) {
            if (withDump) {
                toPool.add(() -> simulation.scheduler.dumped(worker, taskId, "stacks"));
            }
            interrupted = true;
        } else if (!stopped) {
            withdrawn.add(taskId);
        }
    }

    @Override
    public void retire() {
        toWorker.add(() -> retiring = true);
    }

    @Override
    public void kill() {
        if (killedIn < 0) {
            killedIn = simulation.random.nextInt(3);
        }
    }

    @Override
    public Progress progress() {
        return started == null ? Progress.NONE : new Progress(started.id, -1, true);
    }

    @Override
    public long cpuNanos() {
        return stopped ? 0 : simulation.nanoTime();
    }

    @Override
    public boolean isStopped() {
        return stopped;
    }

    @Override
    public long residentBytes() {
        return memory;
    }

    @Override
    public long heapBytes() {
        return memory;
    }
}
