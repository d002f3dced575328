package io.procession.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.procession.benchmarks.harness.Benchmark;
import io.procession.benchmarks.harness.Json;
import io.procession.benchmarks.harness.JsonReport;
import io.procession.benchmarks.harness.Machine;
import io.procession.benchmarks.harness.Result;
import io.procession.benchmarks.harness.Rounds;
import io.procession.benchmarks.harness.ScratchDirectory;
import io.procession.benchmarks.harness.TextReport;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The command line of the benchmarks. */
@Command(
        name = "benchmarks",
        mixinStandardHelpOptions = true,
        description =
                "Measures Procession beside its peers on this machine, contenders in turn, and prints medians and ratios.")
public final class Benchmarks implements Callable<Integer> {
    @Option(names = "--rounds", description = "how often each contender runs (default: ${DEFAULT-VALUE})")
    private int rounds = 5;

    @Option(names = "--only", split = ",", description = "the ids of the benchmarks to run, separated by commas")
    private Set<String> only = Set.of();

    @Option(
            names = "--transports",
            split = ",",
            description = "the ids of the transports that take part, separated by commas (default: all that work here)")
    private Set<String> transports = Set.of();

    @Option(names = "--json", description = "write the figures to this file, too")
    private @Nullable Path json;

    @Option(names = "--tiny", description = "show that everything runs; the figures mean nothing")
    private boolean tiny;

    private Benchmarks() {}

    /** Runs; the exit code is 0 if every contender that could take part did. */
    public static void main(String[] arguments) {
        System.exit(new CommandLine(new Benchmarks()).execute(arguments));
    }

    @Override
    public Integer call() throws Exception {
        if (json != null) {
            Json.check(json);
        }
        try (ScratchDirectory scripts = ScratchDirectory.create("benchmarks")) {
            return run(scripts.path());
        }
    }

    private int run(Path scripts) throws Exception {
        Effort effort = tiny ? Effort.tiny() : Effort.full(rounds);
        List<String> childFlags = ChildFlags.ask();
        List<Benchmark> chosen = choose(new Catalogue(
                        new Commands(scripts),
                        effort,
                        childFlags,
                        Transports.choose(transports).ids())
                .all());
        Machine machine = Machine.here();
        // UTF-8 whatever the locale says: containers often have none, and their terminals show UTF-8 all the same.
        TextReport report = new TextReport(new PrintStream(new FileOutputStream(FileDescriptor.out), true, UTF_8));
        report.print(machine, effort.rounds(), childFlags);
        Rounds contest = new Rounds(effort.rounds(), System.err::println);
        List<Result> results = new ArrayList<>();
        boolean complete = true;
        for (Benchmark benchmark : chosen) {
            Result result = contest.run(benchmark);
            report.print(result);
            results.add(result);
            complete &= result.standings().size() == benchmark.contenders().size();
        }
        if (json != null) {
            JsonReport.of(machine, effort.rounds(), childFlags, results).write(json);
        }
        return complete ? 0 : 1;
    }

    private List<Benchmark> choose(List<Benchmark> all) {
        Set<String> ids = all.stream().map(Benchmark::id).collect(Collectors.toSet());
        for (String id : only) {
            if (!ids.contains(id)) {
                throw new IllegalArgumentException("no benchmark named " + id + "; there are " + ids);
            }
        }
        return all.stream()
                .filter(benchmark -> only.isEmpty() || only.contains(benchmark.id()))
                .toList();
    }
}
