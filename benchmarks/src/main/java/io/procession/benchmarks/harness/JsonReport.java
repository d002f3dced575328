package io.procession.benchmarks.harness;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonNull;
import com.google.gson.JsonPrimitive;
import com.google.gson.JsonSerializer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The report for machines; samples in nanoseconds, as they were measured.
 *
 * @param machine where the figures come from
 * @param rounds how often each contender ran
 * @param results one for each benchmark
 */
public record JsonReport(Machine machine, int rounds, List<Result> results) {
    /** Writes the report; an unknown number is left out, because JSON knows no NaN. */
    public void write(Path file) throws IOException {
        Gson gson = new GsonBuilder()
                .setPrettyPrinting()
                .disableHtmlEscaping()
                .registerTypeAdapter(double.class, (JsonSerializer<Double>)
                        (number, type, context) -> number.isNaN() ? JsonNull.INSTANCE : new JsonPrimitive(number))
                .create();
        Files.writeString(file, gson.toJson(this) + "\n");
    }
}
