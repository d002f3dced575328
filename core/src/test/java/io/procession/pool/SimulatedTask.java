package io.procession.pool;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.concurrent.CancellationException;

/** A task that takes so many steps of its worker, or hangs, and what became of it. */
final class SimulatedTask {
    PoolTask task;
    final boolean hangs;
    final boolean ignoresInterrupts;
    final boolean kills;
    final boolean takesAllMemory;
    int runs;
    private int answers;
    private Answer answer;

    SimulatedTask(Random random) {
        hangs = random.nextInt(10) == 0;
        ignoresInterrupts = random.nextInt(3) == 0;
        kills = random.nextInt(25) == 0;
        takesAllMemory = random.nextInt(25) == 0;
    }

    void answered(Answer with, long workNanos) {
        answers++;
        answer = with;
    }

    /** How it ended, in short. */
    String end() {
        Throwable cause = ((Answer.Lost) answer).cause();
        String kind = cause.getClass().getSimpleName();
        if (cause instanceof TaskTimeoutException late) {
            return kind + (late.workerKilled() ? ", killed" : ", interrupted");
        }
        return cause instanceof WorkerDiedException died ? kind + ", " + died.attempts() + " attempts" : kind;
    }

    void check(Simulation simulation) {
        String about = "task " + task.id + ", seed " + simulation.seed;
        assertThat(answers).as("answers of " + about).isEqualTo(1);
        assertThat(runs).as("runs of " + about).isLessThanOrEqualTo(1 + simulation.settings.taskLimits.retries());
        Throwable cause = ((Answer.Lost) answer).cause();
        if (cause instanceof ArithmeticException) {
            assertThat(runs).as("runs of answered " + about).isPositive();
        } else if (cause instanceof WorkerDiedException died) {
            assertThat(died.taskId()).isEqualTo(task.id);
            assertThat(died.attempts()).as("attempts of " + about).isEqualTo(runs);
        } else if (cause instanceof TaskTimeoutException late) {
            assertThat(late.taskId()).isEqualTo(task.id);
            assertThat(simulation.settings.taskLimits.hasTimeout()).isTrue();
        } else if (cause instanceof WorkerMemoryException big) {
            assertThat(big.taskId()).isEqualTo(task.id);
        } else {
            assertThat(cause)
                    .as("end of " + about)
                    .isInstanceOfAny(CancellationException.class, BrokenPoolException.class);
        }
    }
}
