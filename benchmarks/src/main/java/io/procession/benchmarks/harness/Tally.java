package io.procession.benchmarks.harness;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** What the contenders of one benchmark have done so far. */
final class Tally {
    private Benchmark benchmark; // without those that turn out to be unable to run here
    private final Map<Contender, List<Samples>> runs = new LinkedHashMap<>();
    private final List<Contender> going;
    private final List<String> absent;

    Tally(Benchmark benchmark) {
        this.benchmark = benchmark;
        this.absent = new ArrayList<>(benchmark.absent());
        this.going = new ArrayList<>(benchmark.contenders());
    }

    Benchmark benchmark() {
        return benchmark;
    }

    /**
     * Runs each contender once. One that cannot run here or fails is left out of the result, with the reason, and does not run again; one that is late keeps what it has.
     *
     * @param progress is told the name of each contender before it runs
     * @param limit how long the next contender may take; asked before each
     */
    void round(Consumer<String> progress, Supplier<Duration> limit) throws InterruptedException {
        for (Contender contender : List.copyOf(going)) {
            progress.accept(contender.name());
            List<Samples> done = runs.computeIfAbsent(contender, key -> new ArrayList<>());
            try {
                done.add(ContenderRun.run(contender, limit.get()));
            } catch (AbsentException unable) {
                done.clear();
                leaves(contender, unable);
                benchmark = benchmark.without(contender);
            } catch (IOException failed) {
                done.clear();
                leaves(contender, failed);
            } catch (TimeoutException late) {
                leaves(contender, late);
            }
        }
    }

    private void leaves(Contender contender, Exception reason) {
        going.remove(contender);
        if (runs.getOrDefault(contender, List.of()).isEmpty()) {
            absent.add(contender.name() + ": " + reason.getMessage());
        }
    }

    Result result() {
        List<Standing> standings = runs.entrySet().stream()
                .filter(entry -> !entry.getValue().isEmpty())
                .map(entry -> Standing.of(entry.getKey(), entry.getValue()))
                .toList();
        return new Result(benchmark, standings, absent);
    }
}
