package io.procession.benchmarks.compare;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.procession.benchmarks.Commands;
import io.procession.benchmarks.Transports;
import io.procession.benchmarks.harness.Json;
import io.procession.benchmarks.harness.Result;
import io.procession.benchmarks.harness.ScratchDirectory;
import io.procession.benchmarks.harness.TimedRounds;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command line of the comparison. */
@Command(
        name = "compare",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description =
                "Measures the transports that work on this machine side by side, within a fixed time, and says which one to take for what.")
public final class Compare implements Callable<Integer> {
    private static final int LEAST_SECONDS = 5;
    private static final int MOST_SECONDS = 24 * 3600;
    /** As shells say it. */
    private static final int INTERRUPTED = 130;

    /** More tell nothing new. */
    private static final int ROUNDS = 15;

    @Spec
    @SuppressWarnings("NullAway.Init") // set before the call
    private CommandSpec command;

    @Option(
            names = "--seconds",
            description = "how long to measure: more time, more rounds (default: 100, less if compiling took long)")
    private @Nullable Integer seconds;

    @Option(
            names = "--transports",
            split = ",",
            description = "the ids of the transports to compare, separated by commas (default: all that work here)")
    private Set<String> wanted = Set.of();

    @Option(names = "--json", paramLabel = "FILE", description = "write the figures and the advice to this file, too")
    private @Nullable Path json;

    @Option(names = "--tiny", description = "show that everything runs, in some seconds; the figures mean nothing")
    private boolean tiny;

    private Compare() {}

    /** Runs; the exit code is 0 if all was measured, 1 if something failed, 2 if the options are wrong. */
    public static void main(String[] arguments) {
        System.exit(new CommandLine(new Compare()).execute(arguments));
    }

    @Override
    public Integer call() throws Exception {
        long began = System.nanoTime();
        Transports transports = check();
        // UTF-8 whatever the locale says: containers often have none, and their terminals show UTF-8 all the same.
        PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, UTF_8);
        Surroundings.Watch watch = Surroundings.watch();
        List<Result> results;
        try {
            results = measure(transports);
        } catch (InterruptedException ctrlC) {
            return INTERRUPTED; // who did that wants to read nothing
        }
        Comparison comparison = new Comparison(transports, results, watch.end());
        Duration took = Duration.ofNanos(System.nanoTime() - began);
        new ComparisonText(out).print(comparison, took);
        if (tiny) {
            out.println("This was --tiny: the figures mean nothing.");
        }
        if (json != null) {
            Json.write(ComparisonJson.of(comparison, took), json);
            out.println("Figures for machines: " + json.toAbsolutePath());
        }
        return results.stream()
                        .allMatch(result ->
                                result.absent().isEmpty() && result.failed().isEmpty())
                ? 0
                : 1;
    }

    private Transports check() {
        if (seconds != null && (seconds < LEAST_SECONDS || seconds > MOST_SECONDS)) {
            throw wrong("--seconds must be from " + LEAST_SECONDS + " to " + MOST_SECONDS + ", but is " + seconds);
        }
        try {
            if (json != null) {
                Json.check(json);
            }
            return Transports.choose(wanted);
        } catch (IOException | IllegalArgumentException refused) {
            throw wrong(String.valueOf(refused.getMessage()));
        }
    }

    private ParameterException wrong(String message) {
        return new ParameterException(command.commandLine(), message);
    }

    private List<Result> measure(Transports transports) throws IOException, InterruptedException {
        try (ScratchDirectory scratch = ScratchDirectory.create("compare")) {
            Measurements measurements = new Measurements(new Commands(scratch.path()), transports.ids(), tiny);
            Duration budget = Budget.of(seconds, System.getProperty(Budget.BEGAN), Instant.now());
            TimedRounds rounds = new TimedRounds(budget, tiny ? 1 : ROUNDS, System.err::println);
            return rounds.run(measurements.all());
        }
    }
}
