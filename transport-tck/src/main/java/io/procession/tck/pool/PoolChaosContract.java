package io.procession.tck.pool;

import static org.assertj.core.api.Assertions.assertThat;

import io.procession.pool.Pool;
import io.procession.pool.PoolStats;
import io.procession.pool.WorkerStage;
import io.procession.tck.process.FamilyFirst;
import io.procession.testing.Eventually;
import io.procession.testing.Guarded;
import io.procession.testing.Signal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A pool to which everything happens at once: tasks of all kinds, cancelled at random, workers killed and stopped at random, recycled, the pool
 * resized. Afterwards every future is complete, every result right, every side effect accounted for, and nothing left over.
 *
 * <p>Takes {@code -Dprocession.chaos.seconds}, 20 by default. The seed is printed; {@code -Dprocession.chaos.seed} repeats its decisions, though not the
 * moments at which they fall.
 */
@ExtendWith(FamilyFirst.class)
@Guarded(seconds = 3600, graceSeconds = 30)
public abstract class PoolChaosContract extends PoolSuite {
    private static final int MOST_PENDING = 150;
    private static final int MOST_WORKERS = 4;

    /** For a test class of the transport. */
    protected PoolChaosContract() {}

    @Test
    @DisplayName("Chaos: no future is lost, no result is wrong, no task runs more often than it may")
    void chaos() throws Exception {
        long seed = Long.getLong("procession.chaos.seed", System.nanoTime());
        long seconds = Long.getLong("procession.chaos.seconds", 20);
        System.out.println("chaos over " + transport() + " for " + seconds + " s, seed " + seed);
        try (Pool pool = builder(3)
                .taskTimeout(Duration.ofSeconds(4))
                .gracePeriod(Duration.ofMillis(100))
                .maxTasksPerWorker(40)
                .maxWorkerAge(Duration.ofSeconds(5))
                .build()) {
            Storm storm = new Storm(pool, new Random(seed), directory);
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
            while (System.nanoTime() < end) {
                storm.step();
            }
            storm.calm();
            storm.check();
            assertThat(pool.submit(() -> 7).join())
                    .as("a pool after the storm, seed %d", seed)
                    .isEqualTo(7);
            System.out.println("chaos over " + transport() + ": " + pool.stats());
        }
    }

    /** What happens to the pool, step by step. */
    private static final class Storm {
        private final Pool pool;
        private final Random random;
        private final Path directory;
        private final List<ChaosTask> tasks = new ArrayList<>();
        private final Set<Long> stopped = new LinkedHashSet<>();

        Storm(Pool pool, Random random, Path directory) {
            this.pool = pool;
            this.random = random;
            this.directory = directory;
        }

        void step() throws Exception {
            int choice = random.nextInt(1000);
            if (choice < 800) {
                submit();
            } else if (choice < 920) {
                cancel();
            } else if (choice < 945) {
                worker(PoolSuite::kill);
            } else if (choice < 960) {
                worker(pid -> {
                    Signal.send("STOP", pid);
                    stopped.add(pid);
                });
            } else if (choice < 985) {
                goOn();
            } else {
                pool.resize(1 + random.nextInt(MOST_WORKERS));
            }
        }

        private void submit() throws InterruptedException {
            Eventually.isEmpty("pending tasks beyond " + MOST_PENDING, Duration.ofMinutes(10), () -> {
                List<ChaosTask> pending = pending();
                return pending.subList(Math.min(MOST_PENDING, pending.size()), pending.size());
            });
            tasks.add(ChaosTask.submit(pool, random, directory, tasks.size()));
        }

        private List<ChaosTask> pending() {
            return tasks.stream().filter(task -> !task.isDone()).toList();
        }

        private void cancel() {
            List<ChaosTask> pending = pending();
            if (!pending.isEmpty()) {
                pending.get(random.nextInt(pending.size())).cancel(random.nextBoolean());
            }
        }

        /** Not while it starts: a pool of which three in a row are ended so early gives up, as it promises. */
        private void worker(Harm harm) throws Exception {
            List<PoolStats.WorkerStats> workers = pool.stats().workers().stream()
                    .filter(worker -> worker.state() != WorkerStage.STARTING)
                    .toList();
            if (!workers.isEmpty()) {
                harm.to(workers.get(random.nextInt(workers.size())).pid());
            }
        }

        /** A stopped worker goes on, if it still lives. */
        private void goOn() throws Exception {
            if (!stopped.isEmpty()) {
                long pid = stopped.iterator().next();
                stopped.remove(pid);
                if (pool.stats().workers().stream().anyMatch(worker -> worker.pid() == pid)) {
                    Signal.send("CONT", pid);
                }
            }
        }

        /** Nothing bad happens any more. */
        void calm() throws Exception {
            while (!stopped.isEmpty()) {
                goOn();
            }
            // On a busy machine each death costs seconds, and what ends its worker may be tried three times, behind all
            // others.
            Eventually.isEmpty("tasks without an answer", Duration.ofMinutes(10), () -> {
                List<Object> pending = new ArrayList<>(pending());
                if (!pending.isEmpty()) {
                    pending.add(pool.stats());
                }
                return pending;
            });
        }

        void check() throws Exception {
            for (ChaosTask task : tasks) {
                task.check();
            }
            assertThat(pool.stats().submitted()).isEqualTo(tasks.size());
            // The future of a cancelled task is done at once, the task when its worker has ended it.
            Eventually.isEmpty("tasks whose end is not counted", Duration.ofMinutes(1), () -> {
                PoolStats stats = pool.stats();
                return ends(stats) == tasks.size() ? List.of() : List.of(ends(stats) + " ends in " + stats);
            });
        }

        private static long ends(PoolStats stats) {
            return stats.succeeded() + stats.failed() + stats.cancelled() + stats.timedOut() + stats.lost();
        }

        private interface Harm {
            void to(long pid) throws Exception;
        }
    }
}
