package io.procession.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.procession.benchmarks.harness.Benchmark;
import io.procession.benchmarks.harness.Json;
import io.procession.benchmarks.harness.JsonReport;
import io.procession.benchmarks.harness.Machine;
import io.procession.benchmarks.harness.Noise;
import io.procession.benchmarks.harness.Result;
import io.procession.benchmarks.harness.Rounds;
import io.procession.benchmarks.harness.ScratchDirectory;
import io.procession.benchmarks.harness.TextReport;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The command line of the benchmarks. */
@Command(
        name = "benchmarks",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description =
                "Measures Procession beside its peers on this machine, contenders in turn, and prints medians and ratios.")
public final class Benchmarks implements Callable<Integer> {
    private static final int WATCHED_SECONDS = 3;

    /** What is measured if nothing is named. */
    enum Choice {
        /** Everything. */
        all,
        /** What the table of targets needs. */
        targets
    }

    @Option(
            names = "--set",
            description = "${COMPLETION-CANDIDATES}: everything, or what the table of targets needs, which is printed"
                    + " at the end (default: ${DEFAULT-VALUE})")
    private Choice set = Choice.all;

    @Option(names = "--only", split = ",", description = "the ids of the benchmarks to run, separated by commas")
    private Set<String> only = Set.of();

    @Option(names = "--rounds", description = "how often each contender runs (default: ${DEFAULT-VALUE})")
    private int rounds = 5;

    @Option(
            names = "--transports",
            split = ",",
            description = "the ids of the transports that take part, separated by commas (default: all that work here)")
    private Set<String> transports = Set.of();

    @Option(
            names = "--json",
            paramLabel = "FILE",
            description = "write the figures to this file, too, after each benchmark what there is until then")
    private @Nullable Path json;

    @Option(
            names = "--resume",
            description =
                    "go on with the run whose figures stand in the file of --json: what it has is not measured again,"
                            + " except what --only names")
    private boolean resume;

    @Option(
            names = "--table",
            paramLabel = "FILE",
            description =
                    "measure nothing: print the table of targets, as Markdown, from what --json wrote to this file")
    private @Nullable Path table;

    @Option(names = "--tiny", description = "show that everything runs; the figures mean nothing")
    private boolean tiny;

    // UTF-8 whatever the locale says: containers often have none, and their terminals show UTF-8 all the same.
    private final PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, UTF_8);

    private final long began = System.nanoTime();

    private Benchmarks() {}

    /** Runs; the exit code is 0 if no contender that could take part failed. */
    public static void main(String[] arguments) {
        System.exit(new CommandLine(new Benchmarks())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .execute(arguments));
    }

    @Override
    public Integer call() throws Exception {
        if (table != null) {
            out.print(TargetTable.of(JsonReport.read(table)));
            return 0;
        }
        if (json != null) {
            Json.check(json);
        }
        try (ScratchDirectory scripts = ScratchDirectory.create("benchmarks")) {
            return run(scripts.path());
        }
    }

    /** The figures that there are, if a run is to be gone on with. */
    private Optional<JsonReport> begun(Machine machine, int wantedRounds) throws IOException {
        if (!resume) {
            return Optional.empty();
        }
        if (json == null) {
            throw new IllegalArgumentException("--resume goes on with the file of --json: name that, too");
        }
        return Files.exists(json)
                ? Optional.of(JsonReport.read(json).resumed(machine, wantedRounds))
                : Optional.empty(); // whatever ended the run came before the first figures
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
        Optional<JsonReport> begun = begun(machine, effort.rounds());
        TextReport text = new TextReport(out);
        Noise before = before();
        text.print(machine, effort.rounds(), childFlags, before);
        Rounds contest = new Rounds(effort.rounds(), this::progress);
        JsonReport report = begun.orElseGet(() -> new JsonReport(
                machine,
                command(),
                List.of(),
                effort.rounds(),
                ChildFlags.withoutPaths(childFlags),
                before,
                List.of()));
        boolean complete = true;
        for (Benchmark benchmark : chosen) {
            if (report.has(benchmark.id()) && only.isEmpty()) {
                continue;
            }
            Noise.Watch watch = Noise.watch();
            Result result = contest.run(benchmark);
            Noise noise = watch.end();
            text.print(result, noise);
            complete &= result.failed().isEmpty();
            report = report.with(JsonReport.Comparison.of(result, noise));
            if (json != null) {
                report.write(json); // each time: a run that is ended early keeps what it has
            }
        }
        if (set == Choice.targets) {
            out.println();
            out.print(TargetTable.of(report));
        }
        return complete ? 0 : 1;
    }

    /** What runs now, and how long all of it has taken until then. */
    private void progress(String what) {
        long seconds = Duration.ofNanos(System.nanoTime() - began).toSeconds();
        System.err.printf(Locale.ROOT, "%3d:%02d  %s%n", seconds / 60, seconds % 60, what);
    }

    /** Whether the machine is quiet before anything runs: the load average only tells of the last minutes. */
    private @Nullable Noise before() throws InterruptedException {
        if (tiny) {
            return null;
        }
        Noise.Watch watch = Noise.watch();
        TimeUnit.SECONDS.sleep(WATCHED_SECONDS);
        return watch.end();
    }

    /** How somebody else would ask for the same; where the figures go is his own affair. */
    private String command() {
        StringBuilder command = new StringBuilder("--rounds " + rounds);
        if (set == Choice.targets) {
            command.insert(0, "--set targets ");
        }
        if (!only.isEmpty()) {
            command.append(" --only ").append(joined(only));
        }
        if (!transports.isEmpty()) {
            command.append(" --transports ").append(joined(transports));
        }
        return command.append(tiny ? " --tiny" : "").append(" --json FILE").toString();
    }

    private static String joined(Set<String> ids) {
        return ids.stream().sorted().collect(Collectors.joining(","));
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
                .filter(benchmark -> set == Choice.all || Target.ids().contains(benchmark.id()))
                .toList();
    }
}
