package io.procession.benchmarks.compare;

import io.procession.benchmarks.Commands;
import io.procession.benchmarks.harness.Benchmark;
import io.procession.benchmarks.harness.Contender;
import io.procession.benchmarks.harness.Unit;
import io.procession.benchmarks.subjects.ConnectedStart;
import io.procession.benchmarks.subjects.LinkPingPong;
import io.procession.benchmarks.subjects.Phase;
import io.procession.benchmarks.subjects.PoolSubject;
import io.procession.benchmarks.subjects.QueueFlow;
import java.util.List;

/** What is measured, the most telling first: a slow machine may have no time for the last. Each takes a second or two, start included. */
final class Measurements {
    static final String ANSWER = "answer";
    static final String SMALL = "small";
    static final String TASKS = "tasks";
    static final String ARRAYS = "arrays";
    static final String TASK = "task";
    static final String LARGE = "large";
    static final String START = "start";
    static final String MEMORY = "memory";

    static final int SMALL_BYTES = 64;
    static final int LARGE_BYTES = 64 * 1024;
    static final int ARRAYS_COUNT = 50;

    private static final int WORKERS = 2;

    /** What a program does in that time differs by the machine. */
    private static final List<String> FLAGS = Phase.limits(1, 0.5);

    /** Before the compilers are done with a pool it has run some hundred thousand tasks. */
    private static final List<String> FLAGS_OF_TASKS = Phase.limits(2.5, 0.5);

    private static final int ANY = 1_000_000;

    private final Commands commands;
    private final List<String> transports;
    private final boolean tiny;

    Measurements(Commands commands, List<String> transports, boolean tiny) {
        this.commands = commands;
        this.transports = transports;
        this.tiny = tiny;
    }

    /** Warm-ups and samples at most, and things a sample. */
    private record Effort(int warmUps, int samples, int things) {}

    private Effort effort(int warmUps, int samples, int things) {
        return tiny ? new Effort(1, 1, Math.min(things, 10)) : new Effort(warmUps, samples, things);
    }

    List<Benchmark> all() {
        return List.of(
                links(ANSWER, "eight bytes there and back", effort(ANY, ANY, 1)),
                queue(SMALL, "64 B through a queue", SMALL_BYTES, effort(ANY, ANY, 10_000)),
                pool(TASKS, "short tasks, many in flight", "many", Unit.MICROSECONDS, effort(ANY, ANY, 5_000)),
                pool(ARRAYS, "arrays of 1 MB", "arrays-in", Unit.MILLISECONDS, effort(ANY, ANY, ARRAYS_COUNT)),
                pool(TASK, "a task and its result", "one", Unit.MICROSECONDS, effort(ANY, ANY, 1)),
                queue(LARGE, "64 KiB through a queue", LARGE_BYTES, effort(ANY, ANY, 200)),
                starts(effort(1, 4, 1)),
                pool(MEMORY, "memory of a worker", "memory", Unit.MEBIBYTES, effort(0, 1, 40)));
    }

    private Benchmark links(String id, String title, Effort effort) {
        return benchmark(
                id,
                title,
                Unit.MICROSECONDS,
                transport ->
                        commands.java(FLAGS, LinkPingPong.class, transport, 8, effort.warmUps(), effort.samples()));
    }

    private Benchmark queue(String id, String title, int bytes, Effort effort) {
        return benchmark(
                id,
                title,
                Unit.MICROSECONDS,
                transport -> commands.java(
                        FLAGS,
                        QueueFlow.class,
                        transport,
                        "in",
                        bytes,
                        effort.warmUps(),
                        effort.samples(),
                        effort.things()));
    }

    private Benchmark pool(String id, String title, String what, Unit unit, Effort effort) {
        return benchmark(
                id,
                title,
                unit,
                transport -> commands.java(
                        id.equals(TASKS) ? FLAGS_OF_TASKS : FLAGS,
                        PoolSubject.class,
                        transport,
                        WORKERS,
                        what,
                        effort.things(),
                        effort.warmUps(),
                        effort.samples()));
    }

    private Benchmark starts(Effort effort) {
        return benchmark(
                START,
                "a process and a word from it",
                Unit.MILLISECONDS,
                transport -> commands.java(FLAGS, ConnectedStart.class, transport, effort.warmUps(), effort.samples()));
    }

    /** The program that measures one transport. */
    private interface Subject {
        List<String> command(String transport);
    }

    private Benchmark benchmark(String id, String title, Unit unit, Subject subject) {
        List<Contender> contenders = transports.stream()
                .map(transport -> Contender.ours(transport, subject.command(transport)))
                .toList();
        return new Benchmark(id, title, unit, contenders, List.of());
    }
}
