package io.procession.pool;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Tasks on their way to workers, of one decision: small ones travel together. Used under the lock; what it sends is sent after it. */
final class Dispatch {
    private static final int SMALL_BYTES = 1024;

    private final Effects effects;
    private final Map<Worker, List<PoolTask>> together = new HashMap<>();

    Dispatch(Effects effects) {
        this.effects = effects;
    }

    void send(Worker worker, PoolTask task) {
        boolean withFunction = worker.needs(task.function);
        if (withFunction || task.argument.sizeBytes() > SMALL_BYTES) {
            together.remove(worker); // they keep their order: those that follow do not join those before
            effects.add(() -> safely(worker, () -> worker.port.send(task, withFunction)));
            return;
        }
        List<PoolTask> tasks = together.get(worker);
        if (tasks == null) {
            List<PoolTask> first = new ArrayList<>();
            together.put(worker, first);
            effects.add(() -> safely(worker, () -> send(worker, first)));
            tasks = first;
        }
        tasks.add(task);
    }

    private static void send(Worker worker, List<PoolTask> tasks) {
        if (tasks.size() == 1) {
            worker.port.send(tasks.get(0), false);
        } else {
            worker.port.send(tasks);
        }
    }

    /** A worker that cannot be sent to is of no use, and what it holds runs elsewhere. */
    private static void safely(Worker worker, Runnable sending) {
        try {
            sending.run();
        } catch (RuntimeException | Error e) {
            worker.port.kill();
        }
    }
}
