package io.procession.benchmarks;

import io.procession.benchmarks.harness.Bar;
import io.procession.benchmarks.harness.Benchmark;
import io.procession.benchmarks.harness.Contender;
import io.procession.benchmarks.harness.Limit;
import io.procession.benchmarks.harness.Unit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Collects the contenders of one benchmark, and those who cannot take part. */
final class Field {
    private final List<Contender> contenders = new ArrayList<>();
    private final List<String> absent = new ArrayList<>();
    private final List<Bar> bars = new ArrayList<>();
    private final List<Limit> limits = new ArrayList<>();
    private int runs = 1;

    Field ours(String name, List<String> command) {
        contenders.add(Contender.ours(name, command));
        return this;
    }

    Field peer(String name, List<String> command) {
        contenders.add(Contender.peer(name, command));
        return this;
    }

    Field python(String name, Optional<List<String>> command) {
        command.ifPresentOrElse(
                present -> contenders.add(Contender.peer(name, present)),
                () -> absent.add(name + ": no python3 on the PATH"));
        return this;
    }

    /** What is demanded: ours of that transport (or any, if empty) may need at most that many times what the peer needs. The first that fits counts. */
    Field bar(String transport, String peer, double atMost) {
        bars.add(new Bar(transport.isEmpty() ? "" : ", " + transport, peer, atMost));
        return this;
    }

    /** What is demanded of each of ours, whatever others need. */
    Field limit(String label, double atMost) {
        limits.add(new Limit("", label, atMost));
        return this;
    }

    /** How often each contender runs in a round, if once would be too few. */
    Field runs(int each) {
        runs = each;
        return this;
    }

    Benchmark asBenchmark(String id, String title, Unit unit) {
        return new Benchmark(id, title, unit, contenders, absent, bars, limits, runs);
    }

    /** The same contenders, each with its children on one core; nobody if this system cannot pin. */
    Field onOneCore(Commands commands) {
        Field pinned = new Field();
        pinned.absent.addAll(absent);
        pinned.bars.addAll(bars);
        pinned.limits.addAll(limits);
        pinned.runs = runs;
        for (Contender contender : contenders) {
            commands.onOneCore(contender.command())
                    .ifPresentOrElse(
                            command ->
                                    pinned.contenders.add(new Contender(contender.name(), contender.role(), command)),
                            () -> pinned.absent.add(contender.name() + ": no taskset on the PATH"));
        }
        return pinned;
    }
}
