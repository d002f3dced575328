package io.procession.benchmarks;

import io.procession.benchmarks.harness.Benchmark;
import io.procession.benchmarks.harness.Unit;
import io.procession.benchmarks.subjects.BareIdle;
import io.procession.benchmarks.subjects.BareStart;
import io.procession.benchmarks.subjects.ConnectedStart;
import io.procession.benchmarks.subjects.Listen;
import io.procession.benchmarks.subjects.NettyListen;
import io.procession.benchmarks.subjects.ProcessionIdle;
import io.procession.benchmarks.subjects.ProcessionStart;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** All benchmarks. */
final class Catalogue {
    private final Commands commands;
    private final Effort effort;
    private final List<String> childFlags;
    private final List<String> transports;

    Catalogue(Commands commands, Effort effort, List<String> childFlags, List<String> transports) {
        this.commands = commands;
        this.effort = effort;
        this.childFlags = childFlags;
        this.transports = transports;
    }

    List<Benchmark> all() {
        List<Benchmark> all = new ArrayList<>(List.of(
                start(0, 1)
                        .runs(effort.shortRuns())
                        .asBenchmark("start-first", "Process start + join, the first of a program", Unit.MILLISECONDS),
                start(1, effort.starts())
                        .asBenchmark("start", "Process start + join, later ones of a program", Unit.MILLISECONDS),
                connectedStart(effort.starts())
                        .asBenchmark("start-connected", "Process start, one word from it, join", Unit.MILLISECONDS),
                listen(0, 1).asBenchmark("listen-first", "A listener, the first of a program", Unit.MICROSECONDS),
                listen(20, 20).asBenchmark("listen", "A listener, later ones of a program", Unit.MICROSECONDS),
                idle().asBenchmark(
                                "idle",
                                "CPU of " + effort.idleProcesses() + " waiting processes and their parent",
                                Unit.PERCENT_OF_A_CORE)));
        all.addAll(new LinkCatalogue(commands, effort, transports).all());
        all.addAll(new QueueCatalogue(commands, effort, transports).all());
        all.addAll(new PoolCatalogue(commands, effort, childFlags, transports).all());
        return all;
    }

    private Field start(int warmUps, int starts) {
        return new Field()
                .ours("Procession Process", commands.java(ProcessionStart.class, warmUps, starts))
                .peer("bare JVM, same flags", bare(BareStart.class, warmUps, starts, 1))
                .python("CPython Process, spawn", commands.python("start.py", "spawn", warmUps, starts))
                .python("CPython Process, forkserver", commands.python("start.py", "forkserver", warmUps, starts))
                .python("CPython Process, fork", commands.python("start.py", "fork", warmUps, starts))
                .bar("", "CPython Process, spawn", 2);
    }

    private Field connectedStart(int starts) {
        Field field = new Field();
        for (String transport : transports) {
            field.ours("Procession Process, " + transport, commands.java(ConnectedStart.class, transport, 1, starts));
        }
        return field.peer("bare JVM, same flags", bare(BareStart.class, 1, starts, 1))
                .python("CPython Process, spawn, without a word", commands.python("start.py", "spawn", 1, starts));
    }

    private Field listen(int warmUps, int listeners) {
        Field field = new Field();
        for (String transport : transports) {
            field.ours("Procession listener, " + transport, commands.java(Listen.class, transport, warmUps, listeners));
        }
        return field.peer("raw Netty, one port", commands.java(NettyListen.class, warmUps, listeners));
    }

    private Field idle() {
        int processes = effort.idleProcesses();
        double seconds = effort.idleSeconds();
        return new Field()
                .ours("Procession Process", commands.java(ProcessionIdle.class, processes, seconds))
                .peer("bare JVMs, same flags", bare(BareIdle.class, processes, seconds))
                .bar("", "bare JVMs", 1.3);
    }

    private List<String> bare(Class<?> main, Object... arguments) {
        return Stream.concat(commands.java(main, arguments).stream(), childFlags.stream())
                .toList();
    }
}
