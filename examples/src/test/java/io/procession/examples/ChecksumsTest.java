package io.procession.examples;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.procession.testing.Guarded;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Guarded
class ChecksumsTest {
    @TempDir
    Path directory;

    @BeforeEach
    void theSystemHasATool() {
        assumeTrue(
                Stream.of(System.getenv("PATH").split(File.pathSeparator))
                        .anyMatch(folder -> Files.isExecutable(Path.of(folder, "sha256sum"))),
                "no sha256sum on the PATH");
    }

    @Test
    void printsWhatTheSystemsToolPrints() throws Exception {
        Path tree = tree();
        List<String> command = new ArrayList<>(List.of("sha256sum"));
        Checksums.files(tree).forEach(file -> command.add(file.toString()));

        String ours = run(java(tree));

        assertThat(withoutComments(ours)).isEqualTo(run(command));
        assertThat(ours).containsPattern("# pid \\d+ read \\d+ files");
    }

    @Test
    void theSystemsToolAcceptsWhatIsPrinted() throws Exception {
        Path list = directory.resolve("checksums");
        Files.writeString(list, run(java(tree())));

        String complaints = run(List.of("sha256sum", "--quiet", "--strict", "-c", list.toString()));

        assertThat(complaints).isEmpty();
    }

    /** Empty, small, larger than any buffer, in folders, and with names that need care. */
    private Path tree() throws Exception {
        Path tree = Files.createDirectories(directory.resolve("tree"));
        Files.createDirectories(tree.resolve("a folder/inside"));
        Files.createFile(tree.resolve("empty"));
        Files.writeString(tree.resolve("a folder/with spaces in its name"), "text");
        Files.writeString(tree.resolve("a folder/inside/back\\slash"), "escaped");
        Files.writeString(tree.resolve("a folder/line\nbreak"), "escaped, too");
        byte[] large = new byte[3_000_001];
        new Random(17).nextBytes(large);
        Files.write(tree.resolve("large"), large);
        Files.createSymbolicLink(tree.resolve("link"), tree.resolve("large"));
        return tree;
    }

    private static List<String> java(Path tree) {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Checksums.class.getName(),
                tree.toString());
    }

    private static String run(List<String> command) throws Exception {
        java.lang.Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor()).as(String.join(" ", command)).isZero();
        return output;
    }

    private static String withoutComments(String output) {
        return output.lines().filter(line -> !line.startsWith("#")).collect(Collectors.joining("\n", "", "\n"));
    }
}
