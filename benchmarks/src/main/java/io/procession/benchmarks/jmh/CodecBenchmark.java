package io.procession.benchmarks.jmh;

import io.procession.internal.codec.Codec;
import io.procession.internal.codec.Encoded;
import io.procession.internal.codec.ShapeTable;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What it costs to turn a value into bytes, and these into a value again. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class CodecBenchmark {
    /** What is encoded. */
    public enum Kind {
        /** A boxed number. */
        INTEGER,
        /** A short text. */
        STRING,
        /** A chunk of a map over numbers. */
        THOUSAND_INTEGERS,
        /** A record of the user. */
        RECORD,
        /** A megabyte. */
        BYTES
    }

    /**
     * A class of the user.
     *
     * @param id a text
     * @param count a number
     * @param items a list
     */
    public record Order(String id, int count, List<String> items) {}

    /** What is encoded. */
    @Param
    public Kind kind = Kind.INTEGER;

    private final Codec codec = Codec.standard();
    private final ShapeTable shapes = new ShapeTable();
    private Object value = "";
    private Encoded encoded = codec.encode(value);

    /** Makes the value, and encodes it once for those who decode. */
    @Setup
    public void prepare() {
        value = switch (kind) {
            case INTEGER -> 42;
            case STRING -> "multiprocessing";
            case THOUSAND_INTEGERS -> IntStream.range(0, 1000).boxed().toList();
            case RECORD -> new Order("A-17", 3, List.of("pen", "ink"));
            case BYTES -> new byte[1 << 20];
        };
        encoded = codec.encodeSelfContained(value);
    }

    /** To bytes. */
    @Benchmark
    public Encoded encode() {
        return codec.encodeSelfContained(value);
    }

    /** From bytes. */
    @Benchmark
    public @Nullable Object decode() {
        return codec.decode(encoded.joined(), shapes);
    }
}
