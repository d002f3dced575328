package io.procession.internal.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.procession.task.Task;
import io.procession.task.TaskFunction;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the codec loads and prints, seen in JVMs of its own. */
final class QuietTest {
    @TempDir
    Path directory;

    /** A child that sends everything that needs no Kryo. */
    static final class Simple {
        enum Color {
            RED
        }

        record Point(int x, int y) {}

        public static void main(String[] arguments) throws Exception {
            int captured = 5;
            Task<Integer> task = () -> captured + 1;
            TaskFunction<String, Integer> reference = String::length;
            List<Object> values = RoundTrip.listOf(
                    1,
                    2L,
                    3.0,
                    "text",
                    new byte[10_000],
                    new int[] {1},
                    ByteBuffer.allocate(8),
                    Color.RED,
                    new Point(1, 2),
                    Optional.of(1),
                    Instant.now(),
                    UUID.randomUUID(),
                    Path.of("a"),
                    List.of(1, 2, 3, 4),
                    Map.of("a", 1),
                    new ArrayList<>(List.of("a", "b", "c", "d")),
                    reference,
                    new IllegalStateException("x"));
            RoundTrip.of(values);
            if (RoundTrip.of(task).call() != 6) {
                throw new AssertionError();
            }
        }
    }

    /** A child that decodes what a parent prepared: one lambda, as the first thing in its life. */
    static final class Bootstrap {
        public static void main(String[] arguments) throws Exception {
            byte[] bytes = java.nio.file.Files.readAllBytes(Path.of(arguments[0]));
            Task<?> task = (Task<?>) Codec.standard().decode(ByteBuffer.wrap(bytes), new ShapeTable());
            if (!"done".equals(task.call())) {
                throw new AssertionError();
            }
        }
    }

    /** A child that sends everything else, refusals included. */
    static final class Everything {
        static class Thing {
            public int number = 1;
            private final Object other = new int[] {1};
        }

        public static void main(String[] arguments) {
            RoundTrip.of(new Thing());
            RoundTrip.of(new AtomicInteger(1));
            RoundTrip.of(List.of(new Thing(), new Thing(), new Thing(), new Thing()));
            RoundTrip.CODEC.decodeFailure(
                    RoundTrip.CODEC
                            .encodeFailure(new IllegalStateException("x"))
                            .joined(),
                    new ShapeTable());
            Callable<Object> plain = () -> 1;
            for (Object refused : new Object[] {new Thread(), plain, new Object[] {new java.net.Socket()}}) {
                try {
                    RoundTrip.of(refused);
                    throw new AssertionError("was not refused");
                } catch (io.procession.codec.SerializationException expected) {
                    // That is what it must do.
                }
            }
            if (System.getProperty("kryo.unsafe") != null) {
                throw new AssertionError("left a property behind");
            }
        }
    }

    @Test
    void nothingIsPrinted() {
        ChildJvm child = ChildJvm.onClassPath(directory, Everything.class);

        assertThat(child.stdout).isEmpty();
        assertThat(child.stderr).isEmpty();
        assertThat(child.exitCode).isZero();
    }

    @Test
    void simpleValuesAndLambdasLoadNoKryo() {
        ChildJvm child = ChildJvm.onClassPath(directory, Simple.class, "-Xlog:class+load:stdout");

        assertThat(child.stderr).isEmpty();
        assertThat(child.exitCode).isZero();
        assertThat(child.stdout)
                .contains("io.procession.internal.codec.LambdaShape")
                .doesNotContain("esotericsoftware");
    }

    @Test
    @SuppressWarnings("serial") // a lambda in a test
    void aBootstrapLambdaLoadsNoKryoNoRegexNoLoggingAndNoStreams() throws Exception {
        String done = "done";
        Task<String> task = () -> done;
        Path file = directory.resolve("bootstrap");
        java.nio.file.Files.write(
                file, RoundTrip.CODEC.encodeSelfContained(task).joined().array());

        ChildJvm child = ChildJvm.run(
                directory,
                List.of(
                        "-Xlog:class+load:stdout",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Bootstrap.class.getName(),
                        file.toString()));

        assertThat(child.stderr).isEmpty();
        assertThat(child.exitCode).isZero();
        List<String> loaded =
                child.stdout.lines().filter(line -> line.contains("source: ")).toList();
        assertThat(loaded).isNotEmpty();
        List<String> own = loaded.subList(indexOf(loaded, "io.procession.internal.codec.Codec "), loaded.size());
        assertThat(own)
                .noneMatch(line -> line.contains("esotericsoftware"))
                .noneMatch(line -> line.contains("slf4j"))
                .noneMatch(line -> line.contains("java.io.ObjectInputStream "))
                .noneMatch(line -> line.contains("java.util.ServiceLoader ") && !line.contains("shared objects"))
                .noneMatch(line -> line.contains("java.util.stream.") && !line.contains("shared objects"))
                .noneMatch(line -> line.contains("java.util.regex.") && !line.contains("shared objects"))
                .noneMatch(line -> line.contains("java.util.logging."));
    }

    private static int indexOf(List<String> lines, String part) {
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).contains(part)) {
                return i;
            }
        }
        throw new AssertionError(part + " was not loaded");
    }
}
