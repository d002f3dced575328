package io.procession.benchmarks.harness;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonParseException;
import com.google.gson.TypeAdapter;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.jspecify.annotations.Nullable;

/** Writes figures for machines and reads them again. What is not known is null, because JSON knows no NaN. */
public final class Json {
    private static final Gson GSON = new GsonBuilder()
            .setPrettyPrinting()
            .disableHtmlEscaping()
            .serializeNulls()
            .registerTypeAdapter(double.class, new Number(Double.NaN))
            .registerTypeAdapter(Double.class, new Number(null))
            .create();

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

    /** Writes a record of numbers, texts, lists and records, in the place of what is there. */
    public static void write(Object report, Path file) throws IOException {
        String text = GSON.toJson(report) + "\n";
        if (Files.exists(file) && !Files.isRegularFile(file)) {
            Files.writeString(file, text); // a device, a pipe: nothing to put in its place
            return;
        }
        Path part = file.resolveSibling(file.getFileName() + ".part");
        Files.writeString(part, text);
        Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
    }

    static <T> T read(Path file, Class<T> type) throws IOException {
        @Nullable T report;
        try {
            report = GSON.fromJson(Files.readString(file), type);
        } catch (JsonParseException other) {
            throw new IOException(file + " holds no figures that --json wrote: " + other.getMessage(), other);
        }
        if (report == null) {
            throw new IOException(file + " is empty: name a file that --json wrote");
        }
        return report;
    }

    /** A double that JSON can express, or null. */
    private static final class Number extends TypeAdapter<Double> {
        private final @Nullable Double unknown;

        Number(@Nullable Double unknown) {
            this.unknown = unknown;
        }

        @Override
        public void write(JsonWriter out, @Nullable Double number) throws IOException {
            if (number == null || !Double.isFinite(number)) {
                out.nullValue();
            } else {
                out.value(number);
            }
        }

        @Override
        public @Nullable Double read(JsonReader in) throws IOException {
            if (in.peek() == JsonToken.NULL) {
                in.nextNull();
                return unknown;
            }
            return in.nextDouble();
        }
    }
}
