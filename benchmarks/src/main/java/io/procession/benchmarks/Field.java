package io.procession.benchmarks;

import io.procession.benchmarks.harness.Benchmark;
import io.procession.benchmarks.harness.Contender;
import io.procession.benchmarks.harness.Unit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Collects the contenders of one benchmark, and those who cannot take part. */
final class Field {
    private final List<Contender> contenders = new ArrayList<>();
    private final List<String> absent = new ArrayList<>();

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

    Benchmark asBenchmark(String id, String title, Unit unit) {
        return new Benchmark(id, title, unit, contenders, absent);
    }

    /** The same contenders, each with its children on one core; nobody if this system cannot pin. */
    Field onOneCore(Commands commands) {
        Field pinned = new Field();
        pinned.absent.addAll(absent);
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
