package io.procession.pool;

import io.procession.internal.pool.TimeText;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Looks at workers that start, until they are ready: one whose process does not get on is killed, and counts as one that did not start. Its processor time is
 * the evidence: a JVM that is stopped, or waits for a disk that does not answer, uses none, and one among hundreds on a busy machine some.
 */
final class StartWatch {
    /** A process that uses less than this part of the time does not get on. An idle JVM uses about half of it. */
    private static final int PART = 400;

    /** Who does get on has so many times as long: it might go on for ever. */
    private static final int MOST_TIMES = 10;

    private static final int LOOKS_PER_TIMEOUT = 8;
    private static final long MIN_INTERVAL = TimeUnit.MILLISECONDS.toNanos(5);
    private static final long MAX_INTERVAL = TimeUnit.SECONDS.toNanos(1);

    private final Background background;
    private final Scheduler scheduler;
    private final Crew crew;
    private final Duration patience;
    private final long patienceNanos;
    private final long mostNanos;
    private final long interval;

    StartWatch(PoolSettings settings, Background background, Scheduler scheduler, Crew crew) {
        this.background = background;
        this.scheduler = scheduler;
        this.crew = crew;
        Duration initializer = settings.initializes
                ? settings.hooks.initializerTimeout()
                : Duration.ZERO; // it may wait all that time for something elsewhere
        patience = settings.startTimeout.plus(initializer);
        patienceNanos = TimeUnit.NANOSECONDS.convert(patience);
        mostNanos = TimeUnit.NANOSECONDS.convert(
                settings.startTimeout.multipliedBy(MOST_TIMES).plus(initializer));
        interval = Math.max(
                MIN_INTERVAL,
                Math.min(MAX_INTERVAL, TimeUnit.NANOSECONDS.convert(settings.startTimeout) / LOOKS_PER_TIMEOUT));
    }

    /** Under the lock: a worker's process has been started. */
    void begin(Worker worker, Effects effects) {
        long now = background.nanoTime();
        lookLater(new Look(worker, now, 0, now), effects);
    }

    private void lookLater(Look look, Effects effects) {
        effects.add(() -> background.later(Duration.ofNanos(interval), look::perform));
    }

    /** What is known of a worker: when it began, how much processor time it had used when it was last seen to have got on, and when that was. */
    private final class Look {
        private final Worker worker;
        private long began;
        private long usedNanos;
        private long seen;
        private long last;

        Look(Worker worker, long began, long usedNanos, long seen) {
            this.worker = worker;
            this.began = began;
            this.usedNanos = usedNanos;
            this.seen = seen;
            this.last = began;
        }

        void perform() {
            long used = worker.port.cpuNanos();
            boolean stopped = worker.port.isStopped();
            scheduler.act(effects -> judge(used, stopped, effects));
        }

        private void judge(long used, boolean stopped, Effects effects) {
            if (worker.state() != WorkerStage.STARTING) {
                return;
            }
            long now = background.nanoTime();
            excuse(now - last - interval);
            last = now;
            if (used < 0 || used - usedNanos > (now - seen) / PART) {
                usedNanos = used;
                seen = now;
            }
            if (now - seen >= patienceNanos) {
                worker.startProblem =
                        "it did not get on for " + TimeText.of(patience) + (stopped ? ", because it was stopped" : "");
                crew.condemn(worker, EndReason.DID_NOT_START, effects);
            } else if (now - began >= mostNanos) {
                worker.startProblem = "it was not ready after " + TimeText.of(Duration.ofNanos(mostNanos));
                crew.condemn(worker, EndReason.DID_NOT_START, effects);
            } else {
                lookLater(this, effects);
            }
        }

        /** Time in which this process was stopped itself does not count. */
        private void excuse(long late) {
            if (late > Background.LATE_NANOS) {
                began += late;
                seen += late;
            }
        }
    }
}
