package io.procession.benchmarks;

import io.procession.benchmarks.harness.Benchmark;
import io.procession.benchmarks.harness.Unit;
import io.procession.benchmarks.subjects.AeronPingPong;
import io.procession.benchmarks.subjects.AgronaPingPong;
import io.procession.benchmarks.subjects.AgronaRings;
import io.procession.benchmarks.subjects.FifoPingPong;
import io.procession.benchmarks.subjects.LinkFlood;
import io.procession.benchmarks.subjects.LinkPingPong;
import io.procession.benchmarks.subjects.NettyFlood;
import io.procession.benchmarks.subjects.NettyPingPong;
import io.procession.benchmarks.subjects.Pause;
import io.procession.benchmarks.subjects.StdioPingPong;
import io.procession.benchmarks.subjects.TcpFlood;
import io.procession.benchmarks.subjects.TcpPingPong;
import io.procession.benchmarks.subjects.UnixFlood;
import io.procession.benchmarks.subjects.UnixPingPong;
import java.util.List;
import java.util.stream.Stream;

/** The benchmarks of links: what the transports themselves cost. Larger messages than a frame are a matter of queues. */
final class LinkCatalogue {
    private static final int TINY_BYTES = 8;
    private static final int SMALL_BYTES = 64;
    private static final int MEDIUM_BYTES = 1024;
    private static final int LARGE_BYTES = 64 * 1024;
    /** So many more of the small ones. */
    private static final int MANY = 100;

    private static final int PAUSE_MILLIS = 5;

    /** It compiles nothing: what it has run a thousand times does not become faster. */
    private static final int WARM_UPS_OF_PYTHON = 1000;

    private final Commands commands;
    private final Effort effort;
    private final List<String> transports;
    private final MemoryPeers memory;

    LinkCatalogue(Commands commands, Effort effort, List<String> transports) {
        this.commands = commands;
        this.effort = effort;
        this.transports = transports;
        this.memory = new MemoryPeers(commands);
    }

    /** How long a ping-pong goes on, and with what. */
    private record Match(int bytes, int warmUps, int roundTrips, List<String> flags, double pauseSeconds) {}

    List<Benchmark> all() {
        // With a third of that, who spins has not yet learnt that it pays.
        Match match = new Match(TINY_BYTES, 3 * effort.warmUps(), effort.roundTrips(), List.of(), 0);
        Match slow = new Match(
                TINY_BYTES,
                effort.warmUps() / 4,
                Math.max(5, effort.roundTrips() / 100),
                Pause.of(PAUSE_MILLIS),
                PAUSE_MILLIS / 1e3);
        return List.of(
                bars(pollers(pingPong(match), match, MemoryPeers.WAIT), 1.5)
                        .bar("shm", "CPython Pipe", 0.1) // while both run, as they cannot on one core
                        .asBenchmark("ping-pong", "Connection ping-pong, 8 B, free to move", Unit.MICROSECONDS),
                // Two that spin on one core wait for each other's time slices.
                bars(pollers(pingPong(match), match, List.of("back-off")), 2.5)
                        .onOneCore(commands)
                        .asBenchmark("ping-pong-pinned", "Connection ping-pong, 8 B, on one core", Unit.MICROSECONDS),
                pollers(pingPong(slow), slow, MemoryPeers.WAIT)
                        .asBenchmark(
                                "ping-pong-idle",
                                "Connection ping-pong, 8 B, after " + PAUSE_MILLIS + " ms of silence",
                                Unit.MICROSECONDS),
                pingPong(sized(MEDIUM_BYTES, 1))
                        .asBenchmark("ping-pong-1k", "Connection ping-pong, 1 KiB", Unit.MICROSECONDS),
                // The largest frame that there is: a link's message has its length before it, and that counts.
                pingPong(sized(LARGE_BYTES - Integer.BYTES, 4))
                        .asBenchmark("ping-pong-64k", "Connection ping-pong, 64 KiB", Unit.MICROSECONDS),
                flood(TINY_BYTES).asBenchmark("flood-8", "Messages of 8 B one way, time of each", Unit.MICROSECONDS),
                flood(SMALL_BYTES).asBenchmark("flood", "Messages of 64 B one way, time of each", Unit.MICROSECONDS),
                flood(MEDIUM_BYTES)
                        .asBenchmark("flood-1k", "Messages of 1 KiB one way, time of each", Unit.MICROSECONDS),
                flood(LARGE_BYTES)
                        .asBenchmark("flood-large", "Messages of 64 KiB one way, time of each", Unit.MICROSECONDS));
    }

    private Match sized(int bytes, int fewer) {
        return new Match(bytes, effort.warmUps() / fewer, Math.max(5, effort.roundTrips() / fewer), List.of(), 0);
    }

    /** Beside Java's standard streams, the factor differs on one core and across. */
    private static Field bars(Field field, double stdio) {
        return field.bar("pipe", "Java stdio", stdio).bar("socket", "raw Netty", 2);
    }

    private Field pingPong(Match match) {
        Field field = new Field();
        for (String transport : transports) {
            field.ours("Procession link, " + transport, java(match, LinkPingPong.class, transport, match.bytes()));
        }
        return field.peer("raw FIFOs, two JVMs", java(match, FifoPingPong.class, match.bytes()))
                .peer("Java stdio, two JVMs", java(match, StdioPingPong.class, match.bytes()))
                .peer("Unix socket, two JVMs", java(match, UnixPingPong.class, match.bytes()))
                .peer("plain TCP, two JVMs", java(match, TcpPingPong.class, match.bytes()))
                .python(
                        "CPython Pipe",
                        commands.python(
                                "pipe_ping_pong.py",
                                Math.min(WARM_UPS_OF_PYTHON, match.warmUps()),
                                match.roundTrips(),
                                match.pauseSeconds(),
                                match.bytes()));
    }

    /** Those whose programs send eight bytes only. */
    private Field pollers(Field field, Match match, List<String> wait) {
        for (String idle : wait) {
            field.peer("Agrona rings, " + idle, java(AgronaRings.FLAGS, match, AgronaPingPong.class, idle))
                    .peer("Aeron IPC, " + idle, java(AgronaRings.FLAGS, match, AeronPingPong.class, idle));
        }
        if (match.pauseSeconds() > 0) {
            return field;
        }
        return field.peer("raw Netty, two JVMs", java(match, NettyPingPong.class))
                .python(
                        "CPython Connection over TCP",
                        commands.python(
                                "tcp_ping_pong.py", Math.min(WARM_UPS_OF_PYTHON, match.warmUps()), match.roundTrips()));
    }

    private List<String> java(Match match, Class<?> main, Object... arguments) {
        return java(List.of(), match, main, arguments);
    }

    private List<String> java(List<String> flags, Match match, Class<?> main, Object... arguments) {
        return commands.java(
                Stream.concat(match.flags().stream(), flags.stream()).toList(),
                main,
                Stream.concat(Stream.of(arguments), Stream.of(match.warmUps(), match.roundTrips()))
                        .toArray());
    }

    private Field flood(int bytes) {
        int times = bytes <= SMALL_BYTES ? MANY : bytes <= MEDIUM_BYTES ? MANY / 4 : 1;
        int warmUps = times * effort.warmUps();
        int messages = times * effort.roundTrips();
        Field field = new Field();
        for (String transport : transports) {
            field.ours(
                    "Procession link, " + transport,
                    commands.java(LinkFlood.class, transport, bytes, warmUps, messages));
        }
        return memory.flood(field, bytes, warmUps, messages)
                .peer("raw Netty, two JVMs", commands.java(NettyFlood.class, bytes, warmUps, messages))
                .peer("plain TCP, a write each", commands.java(TcpFlood.class, bytes, warmUps, messages))
                .peer("Unix socket, a write each", commands.java(UnixFlood.class, bytes, warmUps, messages))
                .python(
                        "CPython Connection over TCP",
                        commands.python("tcp_flood.py", bytes, warmUps / 10, messages / 10));
    }
}
