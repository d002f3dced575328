package io.procession.benchmarks.harness;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonPrimitive;
import com.google.gson.JsonSerializationContext;
import com.google.gson.JsonSerializer;
import java.io.IOException;
import java.lang.reflect.Type;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Writes figures for machines. What is not known is null, because JSON knows no NaN. */
public final class Json {
    private Json() {}

    /**
     * Says early that a report could not be written.
     *
     * @throws IOException if the file's directory does not exist or nothing can be written there
     */
    public static void check(Path file) throws IOException {
        @Nullable Path directory = file.toAbsolutePath().getParent();
        if (Files.isDirectory(file) || directory == null || !Files.isWritable(Files.exists(file) ? file : directory)) {
            throw new IOException("cannot write " + file.toAbsolutePath()
                    + ": name a file in a directory that exists and that you may write to");
        }
    }

    /** Writes a record of numbers, texts, lists and records. */
    public static void write(Object report, Path file) throws IOException {
        Gson gson = new GsonBuilder()
                .setPrettyPrinting()
                .disableHtmlEscaping()
                .serializeNulls()
                .registerTypeAdapter(double.class, new KnownNumber())
                .registerTypeAdapter(Double.class, new KnownNumber())
                .create();
        Files.writeString(file, gson.toJson(report) + "\n");
    }

    /** A double that JSON can express, or null. */
    private static final class KnownNumber implements JsonSerializer<Double> {
        @Override
        public JsonElement serialize(Double number, Type type, JsonSerializationContext context) {
            return Double.isFinite(number) ? new JsonPrimitive(number) : JsonNull.INSTANCE;
        }
    }
}
