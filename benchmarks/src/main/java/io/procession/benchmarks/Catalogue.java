package io.procession.benchmarks;

import io.procession.benchmarks.harness.Benchmark;
import io.procession.benchmarks.harness.Unit;
import io.procession.benchmarks.subjects.BareIdle;
import io.procession.benchmarks.subjects.BareStart;
import io.procession.benchmarks.subjects.FifoPingPong;
import io.procession.benchmarks.subjects.LinkPingPong;
import io.procession.benchmarks.subjects.ProcessionIdle;
import io.procession.benchmarks.subjects.ProcessionStart;
import io.procession.benchmarks.subjects.QueuePingPong;
import io.procession.transport.Transport;
import java.util.List;
import java.util.ServiceLoader;
import java.util.stream.Stream;

/** All benchmarks. */
final class Catalogue {
    private final Commands commands;
    private final Effort effort;
    private final List<String> childFlags;
    private final List<String> transports;

    Catalogue(Commands commands, Effort effort, List<String> childFlags) {
        this.commands = commands;
        this.effort = effort;
        this.childFlags = childFlags;
        this.transports = ServiceLoader.load(Transport.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(transport -> transport.availability().usable())
                .map(Transport::id)
                .sorted()
                .toList();
    }

    List<Benchmark> all() {
        Field pingPong = pingPong();
        Field queuePingPong = queuePingPong();
        return List.of(
                start(0, 1)
                        .asBenchmark("start-first", "Process start + join, the first of a program", Unit.MILLISECONDS),
                start(1, effort.starts())
                        .asBenchmark("start", "Process start + join, later ones of a program", Unit.MILLISECONDS),
                idle().asBenchmark(
                                "idle",
                                "CPU of " + effort.idleProcesses() + " waiting processes and their parent",
                                Unit.PERCENT_OF_A_CORE),
                pingPong.asBenchmark("ping-pong", "Connection ping-pong, 8 B, free to move", Unit.MICROSECONDS),
                pingPong.onOneCore(commands)
                        .asBenchmark("ping-pong-pinned", "Connection ping-pong, 8 B, on one core", Unit.MICROSECONDS),
                queuePingPong.asBenchmark(
                        "queue-ping-pong", "Queue ping-pong, one Integer, free to move", Unit.MICROSECONDS),
                queuePingPong
                        .onOneCore(commands)
                        .asBenchmark(
                                "queue-ping-pong-pinned",
                                "Queue ping-pong, one Integer, on one core",
                                Unit.MICROSECONDS));
    }

    private Field start(int warmUps, int starts) {
        return new Field()
                .ours("Procession Process", commands.java(ProcessionStart.class, warmUps, starts))
                .peer("bare JVM, same flags", bare(BareStart.class, warmUps, starts))
                .python("CPython Process, spawn", commands.python("start.py", warmUps, starts));
    }

    private Field idle() {
        int processes = effort.idleProcesses();
        double seconds = effort.idleSeconds();
        return new Field()
                .ours("Procession Process", commands.java(ProcessionIdle.class, processes, seconds))
                .peer("bare JVMs, same flags", bare(BareIdle.class, processes, seconds));
    }

    private List<String> bare(Class<?> main, Object... arguments) {
        return Stream.concat(commands.java(main, arguments).stream(), childFlags.stream())
                .toList();
    }

    private Field pingPong() {
        Field field = new Field();
        for (String transport : transports) {
            field.ours(
                    "Procession link, " + transport,
                    commands.java(LinkPingPong.class, transport, effort.warmUps(), effort.roundTrips()));
        }
        return field.peer(
                        "raw FIFOs, two JVMs", commands.java(FifoPingPong.class, effort.warmUps(), effort.roundTrips()))
                .python("CPython Pipe", commands.python("pipe_ping_pong.py", effort.warmUps(), effort.roundTrips()));
    }

    private Field queuePingPong() {
        int warmUps = effort.warmUps();
        int roundTrips = effort.roundTrips();
        Field field = new Field();
        for (String transport : transports) {
            field.ours(
                    "Procession Queue, " + transport,
                    commands.java(QueuePingPong.class, transport, warmUps, roundTrips));
        }
        return field.python(
                        "CPython SimpleQueue",
                        commands.python("queue_ping_pong.py", "SimpleQueue", warmUps, roundTrips))
                .python("CPython Queue", commands.python("queue_ping_pong.py", "Queue", warmUps, roundTrips));
    }
}
