package io.procession.benchmarks;

import io.procession.benchmarks.harness.Benchmark;
import io.procession.benchmarks.harness.Unit;
import io.procession.benchmarks.subjects.BareIdle;
import io.procession.benchmarks.subjects.BareMemory;
import io.procession.benchmarks.subjects.BareStart;
import io.procession.benchmarks.subjects.FifoPingPong;
import io.procession.benchmarks.subjects.HandWritten;
import io.procession.benchmarks.subjects.MemoryCopy;
import io.procession.benchmarks.subjects.PoolIdle;
import io.procession.benchmarks.subjects.PoolSubject;
import io.procession.benchmarks.subjects.Pp4jPool;
import io.procession.benchmarks.subjects.TcpPingPong;
import io.procession.benchmarks.subjects.ThreadPool;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The benchmarks of pools. */
final class PoolCatalogue {
    private static final int WORKERS = 2;
    private static final int IDLE_WORKERS = 32;
    /** The JIT compiler of 17 still uses up to half a core after ten rounds of 50,000 tasks; what is measured is what a program meets after some seconds. */
    private static final int WARM_UPS_OF_MANY = 30;

    private final Commands commands;
    private final List<String> childFlags;
    private final List<String> transports;
    private final boolean tiny;
    private final int shortRuns;

    PoolCatalogue(Commands commands, Effort effort, List<String> childFlags, List<String> transports) {
        this.commands = commands;
        this.childFlags = childFlags;
        this.transports = transports;
        this.tiny = effort.equals(Effort.tiny());
        this.shortRuns = effort.shortRuns();
    }

    /** What a contender does. */
    private record Work(String what, int count, int warmUps, int samples) {
        Work as(String other) {
            return new Work(other, count, warmUps, samples);
        }
    }

    private Work work(String what, int count, int warmUps, int samples) {
        return tiny ? new Work(what, Math.min(count, 40), 1, 1) : new Work(what, count, warmUps, samples);
    }

    List<Benchmark> all() {
        List<Benchmark> all = new ArrayList<>();
        Work one = work("one", 1, 15_000, 5_000);
        all.add(ours(new Field(), WORKERS, one)
                .peer("hand-written worker", handWritten(one))
                .peer("PP4J", pp4j(one))
                .peer("thread pool, one JVM", threads("threads", one))
                // What the channels take for eight bytes there and back, without any task.
                .peer("raw FIFOs, ping-pong", commands.java(FifoPingPong.class, 8, one.warmUps(), one.samples()))
                .peer("plain TCP, ping-pong", commands.java(TcpPingPong.class, 8, one.warmUps(), one.samples()))
                .python("CPython Pool.apply", python(WORKERS, one))
                .python("CPython executor", python(WORKERS, one.as("executor-one")))
                .bar("shm", "CPython Pool", 0.25)
                .bar("", "CPython Pool", 0.5)
                .bar("pipe", "hand-written", 1)
                .bar("socket", "hand-written", 1)
                .asBenchmark("pool-one", "No-op task, one in flight", Unit.MICROSECONDS));
        Work many = work("many", 50_000, WARM_UPS_OF_MANY, 10);
        all.add(ours(new Field(), WORKERS, many)
                .peer("hand-written workers", handWritten(many))
                .peer("PP4J", pp4j(work("many", 5_000, 12, 5))) // the slowest; its warm-up takes longer than ours
                .peer("thread pool, one JVM", threads("threads", many))
                .peer("ForkJoin, one JVM", threads("fork-join", many))
                .python("CPython Pool.map, chunks of 1", python(WORKERS, many))
                .python("CPython Pool.apply_async", python(WORKERS, many.as("many-async")))
                .python("CPython executor.map", python(WORKERS, work("executor-many", 5_000, 1, 3)))
                .bar("shm", "CPython Pool.map", 1 / 10.0)
                .bar("shm", "hand-written", 1 / 1.5)
                .bar("", "CPython Pool.map", 1 / 5.0)
                .bar("", "hand-written", 1 / 0.75)
                .asBenchmark("pool-many", "No-op tasks, many in flight, time of one", Unit.MICROSECONDS));
        all.add(map("map-0", "map over 1,000,000 no-op ints", work("map-0", 1_000_000, 12, 5), 1000, 10_000, 100_000));
        all.add(map("map-10us", "map over 40,000 tasks of 10 µs", work("map-10us", 40_000, 3, 3), 50, 500, 5_000));
        all.add(map("map-1ms", "map over 1,000 tasks of 1 ms", work("map-1ms", 1_000, 1, 3), 1, 5, 50));
        Work lazy = work("lazy", 1_000_000, 10, 5);
        all.add(ours(new Field(), WORKERS, lazy)
                .peer("hand-written workers, chunks of 1000", handWritten(lazy))
                .python("CPython imap, chunks of 1000", python(WORKERS, lazy.as("lazy/1000")))
                .python("CPython imap, chunks of 1", python(WORKERS, work("lazy/1", 20_000, 1, 3)))
                .bar("", "CPython imap, chunks of 1000", 1)
                .asBenchmark("pool-lazy", "Lazy map over 1,000,000 no-op ints, time of one", Unit.MICROSECONDS));
        Work in = work("arrays-in", 100, WARM_UPS_OF_MANY, 7);
        all.add(ours(new Field(), WORKERS, in)
                .peer("hand-written workers", handWritten(in))
                .peer("memory, copied in and out", copies(in, 1))
                .python("CPython Pool.map", python(WORKERS, in))
                .bar("shm", "CPython", 1 / 4.0)
                .bar("shm", "hand-written", 1 / 1.5)
                .bar("", "CPython", 1 / 1.5)
                .asBenchmark("pool-arrays-in", "map over 100 arrays of 1 MB to their lengths", Unit.MILLISECONDS));
        Work inOut = in.as("arrays-in-out");
        all.add(ours(new Field(), WORKERS, inOut)
                .peer("hand-written workers", handWritten(inOut))
                .peer("memory, copied in and out twice", copies(inOut, 2))
                .python("CPython Pool.map", python(WORKERS, inOut))
                .bar("shm", "CPython", 1 / 4.0)
                .bar("", "CPython", 1 / 1.5)
                .asBenchmark("pool-arrays-in-out", "map over 100 arrays of 1 MB to themselves", Unit.MILLISECONDS));
        Work first = work("first-result", 1, 0, 1);
        all.add(ours(new Field(), WORKERS, first)
                .peer("hand-written workers", handWritten(first))
                .peer("PP4J", pp4j(first))
                .peer("bare JVMs, same flags, two at once", bare(commands.java(BareStart.class, 0, 1, 2)))
                .python("CPython Pool, spawn", python(WORKERS, first))
                .python("CPython Pool, forkserver", python(WORKERS, first, "forkserver"))
                .python("CPython Pool, fork", python(WORKERS, first, "fork"))
                .bar("", "CPython Pool, spawn", 2.5)
                .runs(shortRuns)
                .asBenchmark("pool-start", "Pool of 2 until its first result", Unit.MILLISECONDS));
        Work death = work("death", 1, 1, 5);
        all.add(ours(new Field(), WORKERS, death)
                .peer("hand-written worker, end of its stream", handWritten(death))
                .python("CPython executor, which breaks", python(WORKERS, death))
                .limit("50 ms", 50e6)
                .asBenchmark("pool-death", "kill -9 of a worker until its task has failed", Unit.MILLISECONDS));
        Work whole = death.as("whole");
        all.add(ours(new Field(), WORKERS, whole)
                .peer("hand-written worker, another in its place", handWritten(whole))
                .python("CPython executor, a new one", python(WORKERS, whole))
                .limit("300 ms", 300e6)
                .asBenchmark("pool-whole", "kill -9 of a worker until all workers answer", Unit.MILLISECONDS));
        all.add(memory("pool-memory", "Memory of a worker that has run a task", 0));
        all.add(memory("pool-memory-used", "Memory of a worker after 1,000,000 no-op tasks", 2));
        all.add(idle());
        all.add(rate());
        for (int workers : tiny ? new int[] {1} : new int[] {1, 2, 8, 32}) {
            all.add(growth(workers));
        }
        return all;
    }

    private Benchmark map(String what, String title, Work work, int... chunks) {
        Field field = ours(new Field(), WORKERS, work);
        for (int chunk : tiny ? new int[] {10} : chunks) {
            for (String transport : transports) {
                field.peer(
                        "Pool, " + transport + ", chunks of " + chunk,
                        pool(transport, WORKERS, work.as(what + "/" + chunk)));
            }
        }
        if (what.equals("map-0")) {
            field.peer("hand-written workers, chunks of 1000", handWritten(work))
                    .bar("", "CPython", 1 / 1.5);
        }
        for (String transport : transports) {
            field.bar(
                    transport,
                    "Pool, " + transport,
                    1 / 0.75); // the best of them; those by hand that are slower hold anyway
        }
        return field.python("CPython Pool.map", python(WORKERS, work))
                .peer("ForkJoin, one JVM", threads("fork-join", work))
                .asBenchmark("pool-" + what, title, Unit.MILLISECONDS);
    }

    private Benchmark memory(String id, String title, int maps) {
        Work work = tiny ? new Work("memory", 40, 0, 1) : new Work("memory", 500_000, maps, 1);
        return ours(new Field(), WORKERS, work)
                .peer("bare JVM, same flags", bare(commands.java(BareMemory.class)))
                .peer("hand-written workers", handWritten(work))
                .python("CPython Pool, spawn", python(WORKERS, work))
                .bar("", "bare JVM", maps == 0 ? 1.35 : 2)
                .asBenchmark(id, title, Unit.MEBIBYTES);
    }

    private Benchmark idle() {
        int workers = tiny ? 1 : IDLE_WORKERS;
        double seconds = tiny ? 0.2 : 5;
        Field field = new Field();
        for (String transport : transports) {
            field.ours("Procession Pool, " + transport, commands.java(PoolIdle.class, transport, workers, seconds));
        }
        return field.peer("bare JVMs, same flags", bare(commands.java(BareIdle.class, workers, seconds)))
                .peer(
                        "hand-written workers",
                        commands.java(HandWritten.class, workers, "idle", (int) Math.ceil(seconds), 0, 1))
                .python(
                        "CPython Pool, spawn",
                        commands.python("pool.py", workers, "idle", (int) Math.ceil(seconds), 0, 1))
                .bar("", "bare JVMs", 1.3)
                .asBenchmark(
                        "pool-idle", "CPU of " + workers + " idle workers and their parent", Unit.PERCENT_OF_A_CORE);
    }

    /** What many workers do to the rate: there are cores for few of them only. */
    private Benchmark rate() {
        int workers = tiny ? 3 : IDLE_WORKERS;
        Work rate = work("many", 50_000, 6, 3);
        Field field = new Field();
        for (String transport : transports) {
            field.ours("Procession Pool, " + transport + ", " + workers + " workers", pool(transport, workers, rate))
                    .peer("Pool, " + transport + ", " + WORKERS + " workers", pool(transport, WORKERS, rate))
                    .bar(transport + ", " + workers + " workers", "Pool, " + transport, 1 / 0.75);
        }
        Work slower = work("many", 20_000, 1, 3);
        return field.python("CPython Pool.map, " + WORKERS + " workers", python(WORKERS, slower))
                .python("CPython Pool.map, " + workers + " workers", python(workers, slower))
                .asBenchmark(
                        "pool-rate",
                        "No-op tasks, many in flight, with " + workers + " workers and with " + WORKERS
                                + ", time of one",
                        Unit.MICROSECONDS);
    }

    private Benchmark growth(int workers) {
        Work work = tiny ? new Work("sleep", workers, 0, 1) : new Work("sleep", 50 * workers, 1, 2);
        return ours(new Field(), workers, work)
                .python("CPython Pool.map, chunks of 1", python(workers, work))
                .limit("10 ms of sleep / 0.96", 10e6 / 0.96)
                .asBenchmark(
                        "pool-growth-" + workers,
                        "Tasks that sleep 10 ms, " + workers + " workers, time of one",
                        Unit.MILLISECONDS);
    }

    private Field ours(Field field, int workers, Work work) {
        for (String transport : transports) {
            field.ours("Procession Pool, " + transport, pool(transport, workers, work));
        }
        return field;
    }

    private List<String> pool(String transport, int workers, Work work) {
        return commands.java(
                PoolSubject.class, transport, workers, work.what(), work.count(), work.warmUps(), work.samples());
    }

    private List<String> handWritten(Work work) {
        return commands.java(HandWritten.class, WORKERS, work.what(), work.count(), work.warmUps(), work.samples());
    }

    private List<String> pp4j(Work work) {
        return commands.peer(
                List.of(), Pp4jPool.class, WORKERS, work.what(), work.count(), work.warmUps(), work.samples());
    }

    private List<String> threads(String kind, Work work) {
        return commands.java(
                ThreadPool.class, kind, WORKERS, work.what(), work.count(), work.warmUps(), work.samples());
    }

    /** All the bytes of all the arrays, on one core. */
    private List<String> copies(Work work, int times) {
        return commands.java(MemoryCopy.class, 1_000_000, times * work.count(), work.warmUps(), work.samples(), 1);
    }

    private List<String> bare(List<String> command) {
        return Stream.concat(command.stream(), childFlags.stream()).toList();
    }

    private Optional<List<String>> python(int workers, Work work) {
        return python(workers, work, "spawn");
    }

    /** CPython compiles nothing: what it has run once or twice does not become faster. Of what takes it seconds, three samples a round must do. */
    private Optional<List<String>> python(int workers, Work work, String method) {
        boolean one = work.what().contains("one");
        int warmUps = Math.min(work.warmUps(), one ? 1000 : 2);
        int samples = work.what().startsWith("many") ? Math.min(work.samples(), 3) : work.samples();
        return commands.python("pool.py", workers, work.what(), work.count(), warmUps, samples, method);
    }
}
