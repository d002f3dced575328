package io.procession.benchmarks;

/**
 * How much is measured.
 *
 * @param rounds how often each contender runs
 * @param starts processes started one after the other in a run
 * @param roundTrips messages there and back in a run
 * @param warmUps round trips before these that do not count
 * @param idleProcesses waiting processes in a run
 * @param idleSeconds how long they are watched
 */
record Effort(int rounds, int starts, int roundTrips, int warmUps, int idleProcesses, double idleSeconds) {
    static Effort full(int rounds) {
        return new Effort(rounds, 10, 15_000, 15_000, 8, 5);
    }

    /** How often in a round what gives one short sample only: one would say little. */
    int shortRuns() {
        return equals(tiny()) ? 1 : 2;
    }

    /** Shows only that everything runs; the figures mean nothing. */
    static Effort tiny() {
        return new Effort(1, 1, 50, 50, 1, 0.2);
    }
}
