package io.procession.benchmarks;

import io.procession.benchmarks.harness.Benchmark;
import io.procession.benchmarks.harness.Unit;
import io.procession.benchmarks.subjects.AeronFlood;
import io.procession.benchmarks.subjects.AeronPingPong;
import io.procession.benchmarks.subjects.AgronaFlood;
import io.procession.benchmarks.subjects.AgronaPingPong;
import io.procession.benchmarks.subjects.AgronaRings;
import io.procession.benchmarks.subjects.BareIdle;
import io.procession.benchmarks.subjects.BareStart;
import io.procession.benchmarks.subjects.ConnectedStart;
import io.procession.benchmarks.subjects.FifoFlow;
import io.procession.benchmarks.subjects.FifoPingPong;
import io.procession.benchmarks.subjects.LinkFlood;
import io.procession.benchmarks.subjects.LinkPingPong;
import io.procession.benchmarks.subjects.Listen;
import io.procession.benchmarks.subjects.NettyFlood;
import io.procession.benchmarks.subjects.NettyListen;
import io.procession.benchmarks.subjects.NettyPingPong;
import io.procession.benchmarks.subjects.ProcessionIdle;
import io.procession.benchmarks.subjects.ProcessionStart;
import io.procession.benchmarks.subjects.QueueFlow;
import io.procession.benchmarks.subjects.QueuePingPong;
import io.procession.benchmarks.subjects.TcpFlood;
import io.procession.benchmarks.subjects.TcpPingPong;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** All benchmarks. */
final class Catalogue {
    private static final int SMALL_BYTES = 64;
    /** So many more of the small ones. */
    private static final int MANY = 100;

    private static final int LARGE_BYTES = 64 * 1024;

    /** Rounds of a flow, before those that count and of those. */
    private static final int FLOW_ROUNDS = 5;

    /** There are fewer of them in a round, and as many are needed until the compilers are done. */
    private static final int LARGE_WARM_UPS = 4 * FLOW_ROUNDS;

    private static final int SMALL_ITEMS = 4;

    /** How peers that poll shared memory wait: both are measured, since one burns two cores and the other is slow. */
    private static final List<String> PEERS_WAIT = List.of("spin", "back-off");

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

    /** The transport that offers queues in shared memory, and what makes a program use them. */
    private static final String MEMORY = "shm";

    private static final List<String> SHARED = List.of("-Dprocession.queue.placement=shared");

    List<Benchmark> all() {
        Field pingPong = pingPong(PEERS_WAIT);
        Field pinned = pingPong(List.of("back-off")); // two that spin on one core wait for each other's time slices
        Field queuePingPong = queuePingPong();
        List<Benchmark> all = new ArrayList<>(List.of(
                start(0, 1)
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
                                Unit.PERCENT_OF_A_CORE),
                pingPong.asBenchmark("ping-pong", "Connection ping-pong, 8 B, free to move", Unit.MICROSECONDS),
                pinned.onOneCore(commands)
                        .asBenchmark("ping-pong-pinned", "Connection ping-pong, 8 B, on one core", Unit.MICROSECONDS),
                flood(SMALL_BYTES).asBenchmark("flood", "Messages of 64 B one way, time of each", Unit.MICROSECONDS),
                flood(LARGE_BYTES)
                        .asBenchmark("flood-large", "Messages of 64 KiB one way, time of each", Unit.MICROSECONDS),
                queuePingPong.asBenchmark(
                        "queue-ping-pong", "Queue ping-pong, one Integer, free to move", Unit.MICROSECONDS),
                queuePingPong
                        .onOneCore(commands)
                        .asBenchmark(
                                "queue-ping-pong-pinned",
                                "Queue ping-pong, one Integer, on one core",
                                Unit.MICROSECONDS),
                memoryPeers(
                                queueFlow("64", SMALL_ITEMS, "in", "in-all", "in-bounded", "out"),
                                SMALL_BYTES,
                                MANY * effort.warmUps(),
                                MANY * effort.roundTrips())
                        .peer(
                                "raw Netty, two JVMs",
                                commands.java(
                                        NettyFlood.class,
                                        SMALL_BYTES,
                                        MANY * effort.warmUps(),
                                        MANY * effort.roundTrips()))
                        .asBenchmark("queue-64", "Queue of 64 B, 1 x 1, time of an item", Unit.MICROSECONDS),
                queueFlow("64", SMALL_ITEMS, "2x2")
                        .asBenchmark("queue-64-2x2", "Queue of 64 B, 2 x 2, time of an item", Unit.MICROSECONDS),
                queueFlow("64", SMALL_ITEMS, "4x4")
                        .asBenchmark("queue-64-4x4", "Queue of 64 B, 4 x 4, time of an item", Unit.MICROSECONDS),
                queueFlow("object", SMALL_ITEMS, "in", "out")
                        .asBenchmark(
                                "queue-objects", "Queue of small objects, 1 x 1, time of an item", Unit.MICROSECONDS),
                queueFlow("object", SMALL_ITEMS, "2x2")
                        .asBenchmark(
                                "queue-objects-2x2",
                                "Queue of small objects, 2 x 2, time of an item",
                                Unit.MICROSECONDS),
                memoryPeers(
                                queueFlow(Integer.toString(LARGE_BYTES), 0, "in", "out"),
                                LARGE_BYTES,
                                effort.warmUps(),
                                effort.roundTrips())
                        .peer(
                                "raw FIFO, two JVMs",
                                commands.java(FifoFlow.class, LARGE_BYTES, LARGE_WARM_UPS, FLOW_ROUNDS, largeItems()))
                        .peer(
                                "plain TCP, two JVMs",
                                commands.java(TcpFlood.class, LARGE_BYTES, effort.warmUps(), effort.roundTrips()))
                        .asBenchmark("queue-64k", "Queue of 64 KiB, 1 x 1, time of an item", Unit.MICROSECONDS)));
        all.addAll(new PoolCatalogue(commands, effort, childFlags, transports).all());
        return all;
    }

    private Field start(int warmUps, int starts) {
        return new Field()
                .ours("Procession Process", commands.java(ProcessionStart.class, warmUps, starts))
                .peer("bare JVM, same flags", bare(BareStart.class, warmUps, starts))
                .python("CPython Process, spawn", commands.python("start.py", warmUps, starts))
                .bar("", "CPython", 2);
    }

    private Field connectedStart(int starts) {
        Field field = new Field();
        for (String transport : transports) {
            field.ours("Procession Process, " + transport, commands.java(ConnectedStart.class, transport, 1, starts));
        }
        return field.peer("bare JVM, same flags", bare(BareStart.class, 1, starts))
                .python("CPython Process, spawn, without a word", commands.python("start.py", 1, starts));
    }

    private Field listen(int warmUps, int listeners) {
        Field field = new Field();
        for (String transport : transports) {
            field.ours("Procession listener, " + transport, commands.java(Listen.class, transport, warmUps, listeners));
        }
        return field.peer("raw Netty, one port", commands.java(NettyListen.class, warmUps, listeners));
    }

    private Field flood(int bytes) {
        int warmUps = bytes == SMALL_BYTES ? MANY * effort.warmUps() : effort.warmUps();
        int messages = bytes == SMALL_BYTES ? MANY * effort.roundTrips() : effort.roundTrips();
        Field field = new Field();
        for (String transport : transports) {
            field.ours(
                    "Procession link, " + transport,
                    commands.java(LinkFlood.class, transport, bytes, warmUps, messages));
        }
        memoryPeers(field, bytes, warmUps, messages);
        return field.peer("raw Netty, two JVMs", commands.java(NettyFlood.class, bytes, warmUps, messages))
                .peer("plain TCP, a write each", commands.java(TcpFlood.class, bytes, warmUps, messages))
                .python(
                        "CPython Connection over TCP",
                        commands.python("tcp_flood.py", bytes, warmUps / 10, messages / 10));
    }

    private Field memoryPeers(Field field, int bytes, int warmUps, int messages) {
        for (String idle : PEERS_WAIT) {
            field.peer(
                            "Agrona ring, " + idle,
                            commands.java(AgronaRings.FLAGS, AgronaFlood.class, idle, bytes, warmUps, messages))
                    .peer(
                            "Aeron IPC, " + idle,
                            commands.java(AgronaRings.FLAGS, AeronFlood.class, idle, bytes, warmUps, messages));
        }
        return field;
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

    private Field pingPong(List<String> peersWait) {
        Field field = new Field();
        for (String transport : transports) {
            field.ours(
                    "Procession link, " + transport,
                    commands.java(LinkPingPong.class, transport, effort.warmUps(), effort.roundTrips()));
        }
        for (String idle : peersWait) {
            field.peer(
                            "Agrona rings, " + idle,
                            commands.java(
                                    AgronaRings.FLAGS,
                                    AgronaPingPong.class,
                                    idle,
                                    effort.warmUps(),
                                    effort.roundTrips()))
                    .peer(
                            "Aeron IPC, " + idle,
                            commands.java(
                                    AgronaRings.FLAGS,
                                    AeronPingPong.class,
                                    idle,
                                    effort.warmUps(),
                                    effort.roundTrips()));
        }
        return field.peer(
                        "raw FIFOs, two JVMs", commands.java(FifoPingPong.class, effort.warmUps(), effort.roundTrips()))
                .peer("raw Netty, two JVMs", commands.java(NettyPingPong.class, effort.warmUps(), effort.roundTrips()))
                .peer("plain TCP, two JVMs", commands.java(TcpPingPong.class, effort.warmUps(), effort.roundTrips()))
                .python("CPython Pipe", commands.python("pipe_ping_pong.py", effort.warmUps(), effort.roundTrips()))
                .python(
                        "CPython Connection over TCP",
                        commands.python("tcp_ping_pong.py", effort.warmUps(), effort.roundTrips()));
    }

    /** The same queue in several directions; {@code in} is towards the process that owns it. */
    private Field queueFlow(String what, int times, String... shapes) {
        int items = times == 0 ? largeItems() : times * effort.roundTrips();
        int warmUps = times == 0 ? LARGE_WARM_UPS : FLOW_ROUNDS;
        Field field = new Field();
        for (String transport : transports) {
            for (String shape : shapes) {
                field.ours(
                        "Procession Queue, " + transport + ", " + shape,
                        commands.java(QueueFlow.class, transport, shape, what, warmUps, FLOW_ROUNDS, items));
            }
        }
        if (transports.contains(MEMORY)) {
            for (String shape : shapes) {
                field.ours(
                        "Procession Queue in shared memory, " + shape,
                        commands.java(SHARED, QueueFlow.class, MEMORY, shape, what, warmUps, FLOW_ROUNDS, items));
            }
        }
        String shape = shapes[0];
        return field.python(
                "CPython Queue, " + shape,
                commands.python("queue_flow.py", "Queue", shape, what, 1, FLOW_ROUNDS, Math.max(2, items / 2)));
    }

    private int largeItems() {
        return Math.max(2, effort.roundTrips() / 10);
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
        if (transports.contains(MEMORY)) {
            field.ours(
                    "Procession Queue in shared memory",
                    commands.java(SHARED, QueuePingPong.class, MEMORY, warmUps, roundTrips));
        }
        return field.python(
                        "CPython SimpleQueue",
                        commands.python("queue_ping_pong.py", "SimpleQueue", warmUps, roundTrips))
                .python("CPython Queue", commands.python("queue_ping_pong.py", "Queue", warmUps, roundTrips));
    }
}
