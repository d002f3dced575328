package io.procession.examples.lessons;

import static org.assertj.core.api.Assertions.assertThat;

import io.procession.examples.FamilyFirst;
import io.procession.process.Process;
import io.procession.process.Stdio;
import io.procession.process.WorkerOptions;
import io.procession.testing.Guarded;
import io.procession.transport.Transport;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.ServiceLoader;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@ExtendWith(FamilyFirst.class)
@Guarded
class LessonsTest {
    @TempDir
    Path directory;

    static Stream<String> transports() {
        return ServiceLoader.load(Transport.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(transport -> transport.availability().usable())
                .map(Transport::id);
    }

    @Test
    void thereAreSixAndEachFitsOnAPage() throws Exception {
        try (Stream<Path> files = Files.list(Path.of("src/main/java/io/procession/examples/lessons"))) {
            List<Path> lessons =
                    files.filter(file -> !file.endsWith("package-info.java")).toList();
            assertThat(lessons)
                    .hasSize(6)
                    .allSatisfy(lesson -> assertThat(Files.readAllLines(lesson)).hasSizeBetween(20, 60));
        }
    }

    /** Runs a lesson as a user would, in a program of its own; what it prints. */
    private List<String> run(String transport, Class<?> lesson, Object... arguments) throws Exception {
        List<String> lines = new CopyOnWriteArrayList<>();
        try (Process program = Process.builder()
                .options(WorkerOptions.defaults()
                        .systemProperty("procession.transport", transport)
                        .systemProperty("java.awt.headless", "true")
                        .directory(directory)) // for the crash report of the lesson about crashes
                .stdout(Stdio.lines(lines::add))
                .startMain(lesson, Stream.of(arguments).map(Object::toString).toArray(String[]::new))) {
            program.join();
            assertThat(program.exitCode()).hasValue(0);
        }
        return lines;
    }

    @ParameterizedTest
    @MethodSource("transports")
    void aCrashTakesOnePictureAndNoMore(String transport) throws Exception {
        // The crashing JVM's own words stand among them, in the middle of a line at times.
        String output = String.join("\n", run(transport, CrashIsolation.class));

        assertThat(output)
                .contains("picture 1", "picture 2", "lost to SIGSEGV in pid ", "picture 4", "picture 5")
                .doesNotContain("picture 3");
    }

    @ParameterizedTest
    @MethodSource("transports")
    void aRunawayExpressionIsEnded(String transport) throws Exception {
        List<String> lines = run(transport, RunawayRegex.class);

        assertThat(lines).hasSize(3);
        assertThat(lines.get(0)).isEqualTo("matches: true");
        assertThat(lines.get(1)).startsWith("ended after 1 s in pid ");
        assertThat(lines.get(2)).isEqualTo("matches: true");
    }

    @ParameterizedTest
    @MethodSource("transports")
    void aHostileDocumentIsRefused(String transport) throws Exception {
        assertThat(run(transport, UntrustedDocuments.class))
                .satisfiesExactly(
                        first -> assertThat(first).isEqualTo("3 elements"),
                        second -> assertThat(second).startsWith("refused: java.lang.OutOfMemoryError"),
                        third -> assertThat(third).isEqualTo("2 elements"));
    }

    @ParameterizedTest
    @MethodSource("transports")
    void thumbnailsAreMade(String transport) throws Exception {
        Path pictures = Files.createDirectory(directory.resolve("pictures"));
        Path thumbnails = directory.resolve("thumbnails");
        for (int i = 1; i <= 5; i++) {
            BufferedImage picture = new BufferedImage(200 * i, 300, BufferedImage.TYPE_INT_RGB);
            ImageIO.write(picture, "png", pictures.resolve(i + ".png").toFile());
        }

        assertThat(run(transport, Thumbnails.class, pictures, thumbnails)).containsExactly("5 thumbnails");

        BufferedImage widest = ImageIO.read(thumbnails.resolve("5.png").toFile());
        assertThat(List.of(widest.getWidth(), widest.getHeight())).isEqualTo(List.of(64, 19));
    }

    @ParameterizedTest
    @MethodSource("transports")
    void theLogIsCountedAsReadingItLineByLineWould(String transport) throws Exception {
        Path log = directory.resolve("access.log");
        Map<String, Integer> expected = write(log, 5000);

        assertThat(run(transport, LogAnalysis.class, log)).containsExactly(expected.toString());
    }

    @ParameterizedTest
    @MethodSource("transports")
    void theLogCanBeCutAnywhere(String transport) throws Exception {
        System.setProperty("procession.transport", transport);
        try {
            Path log = directory.resolve("access.log");
            Map<String, Integer> expected = write(log, 60);
            for (long rangeBytes : new long[] {7, 64, 97, 1000}) {
                assertThat(LogAnalysis.count(log, rangeBytes)).isEqualTo(expected);
            }
        } finally {
            System.clearProperty("procession.transport");
        }
    }

    @ParameterizedTest
    @MethodSource("transports")
    void wordsPassThroughThePipelineInOrder(String transport) throws Exception {
        assertThat(run(transport, Pipeline.class))
                .containsExactly("THE", "QUICK", "BROWN", "FOX", "JUMPS", "OVER", "THE", "LAZY", "DOG");
    }

    private static Map<String, Integer> write(Path log, int lines) throws IOException {
        Random random = new Random(3);
        String[] codes = {"200", "301", "404", "500"};
        Map<String, Integer> expected = new TreeMap<>();
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < lines; i++) {
            String code = codes[random.nextInt(codes.length)];
            expected.merge(code, 1, Integer::sum);
            text.append("127.0.0.1 - - [22/Nov/2026:10:00:00 +0000] \"GET /")
                    .append("x".repeat(random.nextInt(40)))
                    .append(" HTTP/1.1\" ")
                    .append(code)
                    .append(' ')
                    .append(random.nextInt(10_000))
                    .append('\n');
        }
        Files.writeString(log, text);
        return expected;
    }
}
