package io.procession.benchmarks;

import io.procession.benchmarks.harness.Benchmark;
import io.procession.benchmarks.harness.Unit;
import io.procession.benchmarks.subjects.AgronaPingPong;
import io.procession.benchmarks.subjects.AgronaRings;
import io.procession.benchmarks.subjects.ArrayQueueFlow;
import io.procession.benchmarks.subjects.FifoFlow;
import io.procession.benchmarks.subjects.JeroFlood;
import io.procession.benchmarks.subjects.MemoryCopy;
import io.procession.benchmarks.subjects.NettyFlood;
import io.procession.benchmarks.subjects.Pause;
import io.procession.benchmarks.subjects.Place;
import io.procession.benchmarks.subjects.QueueFlow;
import io.procession.benchmarks.subjects.QueuePingPong;
import io.procession.benchmarks.subjects.TcpFlood;
import io.procession.benchmarks.subjects.UnixFlood;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The benchmarks of queues. */
final class QueueCatalogue {
    /** The transport whose queues lie in the memory itself, unless they shall not. */
    private static final String MEMORY = "shm";

    private static final int SMALL_BYTES = 64;
    private static final int LARGE_BYTES = 64 << 10;
    private static final int MEBIBYTE = 1 << 20;
    /** So many more of the small ones, for peers that are measured by the group. */
    private static final int MANY = 120;

    /** Rounds of a flow that count. */
    private static final int ROUNDS = 5;

    /** Of JVMs: after five rounds of 60,000 items the compilers are at work still, and an item takes two to four times as long as after thirty; the more so where more processes share the cores. */
    private static final int WARM_UPS = 30;

    /** There are fewer of them in a round. */
    private static final int LARGE_WARM_UPS = 2 * WARM_UPS;

    private static final int PAUSE_MILLIS = 5;

    private final Commands commands;
    private final Effort effort;
    private final List<String> transports;
    private final MemoryPeers memory;

    QueueCatalogue(Commands commands, Effort effort, List<String> transports) {
        this.commands = commands;
        this.effort = effort;
        this.transports = transports;
        this.memory = new MemoryPeers(commands);
    }

    /** Where queues of ours lie, by the names of the contenders: bars look for the transport behind the comma. */
    private Map<String, String> places() {
        Map<String, String> places = new LinkedHashMap<>();
        for (String transport : transports) {
            places.put("Procession Queue, " + transport, transport);
            if (transport.equals(MEMORY)) {
                places.put("Procession Queue with its owner, " + transport, Place.hosted(transport));
            }
        }
        return places;
    }

    /** Items of one kind, again and again. */
    private record Flow(String what, int warmUps, int items) {}

    List<Benchmark> all() {
        List<Benchmark> all = new ArrayList<>(pingPongs());
        all.addAll(small());
        all.addAll(large());
        return all;
    }

    private List<Benchmark> pingPongs() {
        Field number = pingPong(0, effort.warmUps(), effort.roundTrips(), 0)
                .bar("shm", "CPython SimpleQueue", 0.5)
                .bar("", "CPython SimpleQueue", 1.5);
        return List.of(
                number.asBenchmark("queue-ping-pong", "Queue ping-pong, one Integer, free to move", Unit.MICROSECONDS),
                number.onOneCore(commands)
                        .asBenchmark(
                                "queue-ping-pong-pinned",
                                "Queue ping-pong, one Integer, on one core",
                                Unit.MICROSECONDS),
                pingPong(0, effort.warmUps() / 4, Math.max(5, effort.roundTrips() / 100), PAUSE_MILLIS)
                        .asBenchmark(
                                "queue-ping-pong-idle",
                                "Queue ping-pong, one Integer, after " + PAUSE_MILLIS + " ms of silence",
                                Unit.MICROSECONDS),
                pingPong(MEBIBYTE, few(effort.warmUps(), 40), few(effort.roundTrips(), 100), 0)
                        .asBenchmark("queue-ping-pong-1m", "Queue ping-pong, 1 MiB", Unit.MICROSECONDS),
                pingPong(16 * MEBIBYTE, few(effort.warmUps(), 1000), few(effort.roundTrips(), 1000), 0)
                        .asBenchmark("queue-ping-pong-16m", "Queue ping-pong, 16 MiB", Unit.MICROSECONDS));
    }

    private static int few(int many, int parts) {
        return Math.max(3, many / parts);
    }

    private Field pingPong(int bytes, int warmUps, int roundTrips, long pauseMillis) {
        List<String> flags = pauseMillis == 0 ? List.of() : Pause.of(pauseMillis);
        Field field = new Field();
        places().forEach((name, place) ->
                field.ours(name, commands.java(flags, QueuePingPong.class, place, bytes, warmUps, roundTrips)));
        if (bytes == 0) {
            for (String idle : MemoryPeers.WAIT) {
                List<String> both = new ArrayList<>(AgronaRings.FLAGS);
                both.addAll(flags);
                field.peer(
                        "Agrona rings, 8 B, " + idle,
                        commands.java(both, AgronaPingPong.class, idle, warmUps, roundTrips));
            }
        }
        for (String python : List.of("SimpleQueue", "Queue")) {
            field.python(
                    "CPython " + python,
                    commands.python("queue_ping_pong.py", python, warmUps, roundTrips, pauseMillis / 1e3, bytes));
        }
        return field;
    }

    private List<Benchmark> small() {
        int warmUps = MANY * effort.warmUps();
        int messages = MANY * effort.roundTrips();
        Flow bytes = small("64");
        Flow objects = small("object");
        Field many = memory.flood(flow(bytes, "in", "in-all", "in-bounded", "out"), SMALL_BYTES, warmUps, messages);
        return List.of(
                barsOfBytes(memory.chronicle(
                                memory.claimedSlots(many, warmUps, messages), SMALL_BYTES, warmUps, messages))
                        .peer(
                                "JeroMQ, two JVMs",
                                commands.peer(List.of(), JeroFlood.class, SMALL_BYTES, warmUps, messages))
                        .peer("raw Netty, two JVMs", commands.java(NettyFlood.class, SMALL_BYTES, warmUps, messages))
                        .asBenchmark("queue-64", "Queue of 64 B, 1 x 1, time of an item", Unit.MICROSECONDS),
                memory.crowds(flow(bytes, "2x2"), SMALL_BYTES, warmUps, messages / 4, 2)
                        .asBenchmark("queue-64-2x2", "Queue of 64 B, 2 x 2, time of an item", Unit.MICROSECONDS),
                memory.crowds(flow(bytes, "4x4"), SMALL_BYTES, warmUps, messages / 4, 4)
                        .asBenchmark("queue-64-4x4", "Queue of 64 B, 4 x 4, time of an item", Unit.MICROSECONDS),
                flow(bytes, "4x1").asBenchmark("queue-fan-in", "Queue of 64 B, 4 put and 1 takes", Unit.MICROSECONDS),
                flow(bytes, "1x4").asBenchmark("queue-fan-out", "Queue of 64 B, 1 puts and 4 take", Unit.MICROSECONDS),
                flow(small("8"), "in")
                        .asBenchmark("queue-8", "Queue of 8 B, 1 x 1, time of an item", Unit.MICROSECONDS),
                flow(small("1024"), "in")
                        .asBenchmark("queue-1k", "Queue of 1 KiB, 1 x 1, time of an item", Unit.MICROSECONDS),
                barsOfObjects(flow(objects, "in", "out"), objects, 1)
                        .asBenchmark(
                                "queue-objects", "Queue of small objects, 1 x 1, time of an item", Unit.MICROSECONDS),
                barsOfObjects(flow(objects, "2x2"), objects, 2)
                        .asBenchmark(
                                "queue-objects-2x2",
                                "Queue of small objects, 2 x 2, time of an item",
                                Unit.MICROSECONDS),
                arrayQueue(flow(objects, "4x4"), objects, 4)
                        .asBenchmark(
                                "queue-objects-4x4",
                                "Queue of small objects, 4 x 4, time of an item",
                                Unit.MICROSECONDS));
    }

    private Flow small(String what) {
        return new Flow(what, WARM_UPS, 4 * effort.roundTrips());
    }

    private static Field barsOfBytes(Field field) {
        for (String shape : List.of("in", "out")) {
            field.bar("shm, " + shape, "Aeron", 1 / 0.5)
                    .bar("pipe, " + shape, "CPython", 1 / 4.0)
                    .bar("socket, " + shape, "CPython", 1 / 3.0);
        }
        return field;
    }

    private Field barsOfObjects(Field field, Flow flow, int pairs) {
        for (String shape : List.of("in", "out", "2x2")) {
            field.bar("shm, " + shape, "CPython", 1 / 10.0)
                    .bar("pipe, " + shape, "CPython", 1 / 4.0)
                    .bar("socket, " + shape, "CPython", 1 / 4.0);
        }
        return arrayQueue(field, flow, pairs);
    }

    /** What threads of one JVM do. */
    private Field arrayQueue(Field field, Flow flow, int pairs) {
        return field.peer(
                "ArrayBlockingQueue, one JVM",
                commands.java(ArrayQueueFlow.class, pairs, flow.warmUps(), ROUNDS, flow.items()));
    }

    private List<Benchmark> large() {
        Flow blocks = new Flow(Integer.toString(LARGE_BYTES), LARGE_WARM_UPS, few(effort.roundTrips(), 10));
        Field field = limits(flow(blocks, "in", "out"), LARGE_BYTES, blocks);
        for (String shape : List.of("in", "out")) {
            field.bar("shm, " + shape, "Aeron", 1 / 2.0)
                    .bar("pipe, " + shape, "raw FIFO", 1 / 0.7)
                    .bar("socket, " + shape, "plain TCP", 1 / 0.7);
        }
        int warmUps = blocks.warmUps() * blocks.items();
        int messages = ROUNDS * blocks.items();
        memory.flood(field, LARGE_BYTES, warmUps, messages);
        memory.chronicle(field, LARGE_BYTES, warmUps, messages);
        return List.of(
                field.peer(
                                "JeroMQ, two JVMs",
                                commands.peer(List.of(), JeroFlood.class, LARGE_BYTES, warmUps, messages))
                        .asBenchmark("queue-64k", "Queue of 64 KiB, 1 x 1, time of an item", Unit.MICROSECONDS),
                largest(MEBIBYTE, 100)
                        .asBenchmark("queue-1m", "Queue of 1 MiB, 1 x 1, time of an item", Unit.MICROSECONDS),
                largest(16 * MEBIBYTE, 1600)
                        .asBenchmark("queue-16m", "Queue of 16 MiB, 1 x 1, time of an item", Unit.MICROSECONDS));
    }

    private Field largest(int bytes, int fewer) {
        Flow flow = new Flow(Integer.toString(bytes), 2 * ROUNDS, few(effort.roundTrips(), fewer));
        return limits(flow(flow, "in"), bytes, flow);
    }

    /** What the channels and the memory of this machine give. */
    private Field limits(Field field, int bytes, Flow flow) {
        int warmUps = flow.warmUps() * flow.items();
        int messages = ROUNDS * flow.items();
        return field.peer(
                        "raw FIFO, two JVMs",
                        commands.java(FifoFlow.class, bytes, flow.warmUps(), ROUNDS, flow.items()))
                .peer("plain TCP, two JVMs", commands.java(TcpFlood.class, bytes, warmUps, messages))
                .peer("Unix socket, two JVMs", commands.java(UnixFlood.class, bytes, warmUps, messages))
                .peer(
                        "memory, copied in and out",
                        commands.java(MemoryCopy.class, bytes, flow.items(), flow.warmUps(), ROUNDS, flow.items()));
    }

    /** The same queue in several directions; {@code in} is towards the process that owns it. */
    private Field flow(Flow flow, String... shapes) {
        Field field = new Field();
        places().forEach((name, place) -> {
            for (String shape : shapes) {
                field.ours(
                        name + ", " + shape,
                        commands.java(
                                QueueFlow.class, place, shape, flow.what(), flow.warmUps(), ROUNDS, flow.items()));
            }
        });
        String shape = shapes[0];
        return field.python(
                "CPython Queue, " + shape,
                commands.python(
                        "queue_flow.py", "Queue", shape, flow.what(), 1, ROUNDS, Math.max(4, flow.items() / 2)));
    }
}
