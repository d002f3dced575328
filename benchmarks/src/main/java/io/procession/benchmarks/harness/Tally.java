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
    private final Map<Contender, String> failures = new LinkedHashMap<>();

    Tally(Benchmark benchmark) {
        this.benchmark = benchmark;
        this.absent = new ArrayList<>(benchmark.absent());
        this.going = new ArrayList<>(benchmark.contenders());
    }

    Benchmark benchmark() {
        return benchmark;
    }

    /**
     * Runs each contender once. One that cannot run here or fails is left out of the result, with the reason, and does not run again; one that is late does not either, but keeps what it has.
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
                going.remove(contender);
                absent.add(contender.name() + ": " + unable.getMessage());
                benchmark = benchmark.without(contender);
            } catch (IOException broken) {
                done.clear();
                fails(contender, broken);
            } catch (TimeoutException late) {
                fails(contender, late);
            }
        }
    }

    private void fails(Contender contender, Exception reason) {
        going.remove(contender);
        failures.put(contender, reason.getMessage());
    }

    /**
     * What came out.
     *
     * @param rounds whoever stopped before so many has failed, even if there are figures
     */
    Result result(int rounds) {
        List<Standing> standings = runs.entrySet().stream()
                .filter(entry -> !entry.getValue().isEmpty())
                .map(entry -> Standing.of(entry.getKey(), entry.getValue()))
                .toList();
        List<String> failed = failures.keySet().stream()
                .filter(contender -> rounds(contender) < rounds)
                .map(this::failure)
                .toList();
        return new Result(benchmark, standings, absent, failed);
    }

    private int rounds(Contender contender) {
        return runs.getOrDefault(contender, List.of()).size();
    }

    private String failure(Contender contender) {
        int done = rounds(contender);
        return contender.name() + ": " + failures.get(contender)
                + (done == 0 ? "" : " in round " + (done + 1) + "; the figures are those of the rounds before");
    }
}
