package io.procession.pool;

import io.procession.internal.codec.EncodeTarget;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Workers, a clock and timers that do nothing but what a test makes them do. */
final class ByHand implements WorkerLauncher, Background {
    final List<Worker> launched = new ArrayList<>();
    final Map<Worker, Port> ports = new HashMap<>();
    final List<Runnable> chores = new ArrayList<>();
    final List<Timer> timers = new ArrayList<>();
    long now = 1;

    /** Done when the next worker has been launched. */
    Runnable whenLaunched = () -> {};

    record Timer(long at, Runnable action) {}

    /** Remembers what it was told, as in {@code task 4} and {@code recall 1}. */
    static final class Port implements WorkerPort {
        final List<String> said = new ArrayList<>();
        EncodeTarget target = EncodeTarget.ANYONE;
        Progress progress = Progress.NONE;
        long cpuNanos;
        boolean stopped;
        boolean hears = true;

        @Override
        public EncodeTarget target() {
            return target;
        }

        @Override
        public boolean hearsInterrupts() {
            return hears;
        }

        @Override
        public void send(PoolTask task, boolean withFunction) {
            said.add("task " + task.id);
        }

        @Override
        public void recall(int count) {
            said.add("recall " + count);
        }

        @Override
        public void forget(long functionId) {}

        @Override
        public void retire() {
            said.add("retire");
        }

        @Override
        public void withdraw(long taskId) {
            said.add("withdraw " + taskId);
        }

        @Override
        public void interrupt(long taskId, boolean withDump) {
            said.add("interrupt " + taskId);
        }

        @Override
        public void kill() {
            said.add("kill");
        }

        @Override
        public long pid() {
            return 1;
        }

        @Override
        public Progress progress() {
            return progress;
        }

        @Override
        public long cpuNanos() {
            return cpuNanos;
        }

        @Override
        public boolean isStopped() {
            return stopped;
        }

        @Override
        public long residentBytes() {
            return -1;
        }

        @Override
        public long heapBytes() {
            return 0;
        }
    }

    List<String> said(Worker worker) {
        return ports.get(worker).said;
    }

    void runs(Worker worker, PoolTask task) {
        ports.get(worker).progress = new Progress(task.id, -1, true);
    }

    /** Does what was to be done on other threads. */
    void doChores() {
        while (!chores.isEmpty()) {
            chores.remove(0).run();
        }
    }

    /** Time goes on, and what is due is done, late if this process was stopped meanwhile. */
    void pass(Duration time) {
        now += time.toNanos();
        for (Timer timer : List.copyOf(timers)) {
            if (timer.at() <= now && timers.remove(timer)) {
                timer.action().run();
            }
        }
    }

    @Override
    public Worker launch(String name, int workers) {
        Port port = new Port();
        Worker worker = new Worker(name, port);
        ports.put(worker, port);
        launched.add(worker);
        return worker;
    }

    @Override
    public void introduce(Worker worker, Scheduler scheduler) {
        whenLaunched.run();
    }

    @Override
    public void busy() {}

    @Override
    public void idle() {}

    @Override
    public void close() {}

    @Override
    public long nanoTime() {
        return now;
    }

    @Override
    public void later(Duration delay, Runnable action) {
        timers.add(new Timer(now + delay.toNanos(), action));
    }

    @Override
    public void execute(Runnable action) {
        chores.add(action);
    }
}
