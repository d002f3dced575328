package io.procession.pool;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The workers of a pool. Guarded by the {@link Scheduler}'s lock. */
final class Roster implements Iterable<Worker> {
    private final List<Worker> workers = new ArrayList<>();

    void add(Worker worker) {
        workers.add(worker);
    }

    void remove(Worker worker) {
        workers.remove(worker);
    }

    boolean isEmpty() {
        return workers.isEmpty();
    }

    List<Worker> list() {
        return List.copyOf(workers);
    }

    @Override
    public Iterator<Worker> iterator() {
        return list().iterator();
    }

    /** How many the pool counts on. */
    int staff() {
        int count = 0;
        for (Worker worker : workers) {
            if (worker.isStaff()) {
                count++;
            }
        }
        return count;
    }

    /** How many take tasks. */
    int ready() {
        int count = 0;
        for (Worker worker : workers) {
            if (worker.state() == WorkerStage.READY) {
                count++;
            }
        }
        return count;
    }

    /** How many are about to leave, and have a successor already. */
    int succeeded() {
        int count = 0;
        for (Worker worker : workers) {
            if (worker.isStaff() && worker.succeeded) {
                count++;
            }
        }
        return count;
    }

    /**
     * Who gets the next task: the one with the fewest.
     *
     * @param many whether more tasks wait than are worth a message
     * @param most how many may work at the same time; those that retire count until they have finished
     */
    @Nullable
    Worker leastLoaded(int most, boolean many) {
        Worker idle = null;
        Worker busy = null;
        int working = 0;
        for (Worker worker : workers) {
            int load = worker.load();
            if (load > 0 && worker.state() != WorkerStage.CONDEMNED && worker.state() != WorkerStage.LOST) {
                working++;
            }
            if (!worker.hasRoom(many)) {
                continue;
            }
            if (load == 0) {
                idle = idle == null || (idle.succeeded && !worker.succeeded) ? worker : idle;
            } else if (busy == null || load < busy.load()) {
                busy = worker;
            }
        }
        return idle != null && working < most ? idle : busy;
    }

    /** Who has most tasks that it has not started, and has not been asked for them. */
    @Nullable
    Worker mostLoaded() {
        Worker most = null;
        for (Worker worker : workers) {
            if (worker.load() > 1 && !worker.recalling && (most == null || worker.load() > most.load())) {
                most = worker;
            }
        }
        return most;
    }

    /** Who leaves first when the pool becomes smaller: who has not started yet, then who has nothing to do, then who began last with what it does. */
    @Nullable
    Worker leastNeeded() {
        return workers.stream()
                .filter(Worker::isStaff)
                .min(Comparator.comparing((Worker worker) -> worker.state() != WorkerStage.STARTING)
                        .thenComparing(worker -> worker.load() > 0)
                        .thenComparing(Comparator.comparingLong(Roster::since).reversed()))
                .orElse(null);
    }

    private static long since(Worker worker) {
        PoolTask task = worker.oldest();
        return task == null ? 0 : task.heldNanos;
    }
}
