package io.procession.benchmarks;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A row of the table of targets: what Procession has promised itself, in words, and the benchmarks that tell whether it holds. The bars as numbers stand with the benchmarks, in the catalogues.
 *
 * @param what is done
 * @param bar what must hold
 * @param goal what would be good
 * @param benchmarks their ids
 */
record Target(String what, String bar, String goal, List<String> benchmarks) {
    private Target(String what, String bar, String goal, String... benchmarks) {
        this(what, bar, goal, List.of(benchmarks));
    }

    private static final List<Target> ALL = List.of(
            new Target(
                    "No-op task, one in flight",
                    "shm ≤ 0.25 × CPython; pipe, socket ≤ 0.5 × CPython and ≤ 1 × hand-written",
                    "shm ≤ 10 µs while tasks flow; pipe, socket ≤ 1.3 × plain ping-pong on that channel",
                    "pool-one"),
            new Target(
                    "No-op tasks/s, one item a task, many in flight",
                    "shm ≥ 10 × CPython and ≥ 1.5 × hand-written; others ≥ 5 × CPython and ≥ 0.75 × hand-written",
                    "shm ≥ 1M/s; pipe, socket ≥ 0.5M/s",
                    "pool-many"),
            new Target(
                    "`map` of 10⁶ no-op ints, automatic chunks",
                    "≥ 1.5 × CPython; automatic chunk within 25 % of the best by hand for tasks of 0, 10 µs, 1 ms",
                    "≥ 3 × CPython, ≥ 0.6 × ForkJoin; within 15 %",
                    "pool-map-0",
                    "pool-map-10us",
                    "pool-map-1ms"),
            new Target("Lazy map, 10⁶ items", "≥ 1 × CPython's chunks of 1000", "≥ 2 ×", "pool-lazy"),
            new Target(
                    "`map` over 100 arrays of 1 MB",
                    "shm ≥ 4 × CPython and ≥ 1.5 × hand-written; others ≥ 1.5 × CPython",
                    "shm in ≤ 20 ms, in and out ≤ 40 ms",
                    "pool-arrays-in",
                    "pool-arrays-in-out"),
            new Target(
                    "Queue bytes, 64 B, 1 × 1",
                    "shm ≥ 0.5 × Aeron; pipe ≥ 4 × CPython; socket ≥ 3 × CPython",
                    "shm ≥ 1 × Aeron, ≥ 0.7 × Agrona; pipe ≥ 3M/s; socket ≥ 0.8 × Netty",
                    "queue-64",
                    "queue-64-2x2",
                    "queue-64-4x4"),
            new Target(
                    "Queue bytes, 64 KiB",
                    "shm ≥ 2 × Aeron; pipe, socket ≥ 0.7 × the raw channel",
                    "shm ≥ 0.7 × Agrona; others ≥ 0.9 ×",
                    "queue-64k"),
            new Target(
                    "Queue of small objects, 1 × 1 and 2 × 2",
                    "shm ≥ 10 × CPython; others ≥ 4 ×",
                    "shm ≥ 3M/s and ≥ 2M/s; 2 × 2 never below 0.5 of 1 × 1",
                    "queue-objects",
                    "queue-objects-2x2",
                    "queue-objects-4x4"),
            new Target(
                    "Queue ping-pong",
                    "shm ≤ 0.5 × CPython's SimpleQueue; others ≤ 1.5 ×",
                    "≤ 2 × Agrona while both run",
                    "queue-ping-pong"),
            new Target(
                    "Connection ping-pong, 8 B",
                    "shm ≤ 0.1 × CPython while both run; pipe ≤ 1.5 × Java stdio across cores and ≤ 2.5 × on one;"
                            + " socket ≤ 2 × raw Netty",
                    "shm ≤ 1 × Aeron; pipe, socket ≤ 1.3 ×",
                    "ping-pong",
                    "ping-pong-pinned"),
            new Target("Process start + join, cold", "≤ 2 × CPython's spawn", "≤ 2 × a bare JVM", "start-first"),
            new Target(
                    "Pool of 2, created until first result",
                    "≤ 2.5 × CPython's spawn",
                    "≤ 2 × two bare JVMs",
                    "pool-start"),
            new Target(
                    "Worker death: future failed, pool whole",
                    "≤ 50 ms; ≤ 300 ms",
                    "≤ 10 ms; ≤ 100 ms",
                    "pool-death",
                    "pool-whole"),
            new Target(
                    "Memory of an idle worker",
                    "≤ 1.35 × a bare JVM",
                    "≤ 1.2 ×; ≤ 2 × after 10⁶ no-op tasks",
                    "pool-memory",
                    "pool-memory-used"),
            new Target("32 idle workers and parent", "≤ 1.3 × as many bare JVMs", "≤ 1.1 ×", "pool-idle"),
            new Target(
                    "Growth with workers 1 → 32",
                    "≥ 96 % of what so many workers could sleep; no-op rate at 32 ≥ 0.75 × that at 2",
                    "≥ 98 %; ≥ 0.85 ×",
                    "pool-growth-1",
                    "pool-growth-2",
                    "pool-growth-8",
                    "pool-growth-32",
                    "pool-rate"));

    static List<Target> all() {
        return ALL;
    }

    /** The ids of all benchmarks that the rows need. */
    static Set<String> ids() {
        return ALL.stream().flatMap(target -> target.benchmarks().stream()).collect(Collectors.toUnmodifiableSet());
    }
}
