package io.procession.internal.family;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How a program exits, seen in JVMs of their own. */
class ExitSequenceTest {
    @TempDir
    Path directory;

    /** Runs in a class loader that is closed before the program exits, as Maven's {@code exec:java} has it. */
    static final class Loader {
        private Loader() {}

        public static void main(String[] arguments) throws Exception {
            List<URL> urls = new ArrayList<>();
            for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
                urls.add(new File(entry).toURI().toURL());
            }
            try (URLClassLoader loader =
                    new URLClassLoader(urls.toArray(URL[]::new), ClassLoader.getPlatformClassLoader())) {
                Class.forName(Inside.class.getName(), true, loader)
                        .getMethod("run")
                        .invoke(null);
            }
        }
    }

    /** What runs there. */
    public static final class Inside {
        private Inside() {}

        public static void run() {
            ExitSequence.register(ExitSequence.Stage.POOLS, () -> System.out.println(NotLoadedBefore.TEXT.length()));
            ExitSequence.register(ExitSequence.Stage.FAMILY, () -> System.out.println("the rest is done"));
            ExitSequence.register(ExitSequence.Stage.CONTROL, () -> {
                throw new IllegalStateException("told");
            });
        }
    }

    /** Needed at the exit only. */
    static final class NotLoadedBefore {
        static final String TEXT = String.valueOf("not a constant");

        private NotLoadedBefore() {}
    }

    @Test
    void aProgramWhoseClassLoaderIsClosedBeforeItExitsPrintsNothingOfThat() throws Exception {
        Path out = directory.resolve("out");
        Path err = directory.resolve("err");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Loader.class.getName())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start();
        assertThat(process.waitFor()).isZero();
        assertThat(Files.readString(out)).isEqualToIgnoringNewLines("the rest is done");
        assertThat(Files.readAllLines(err))
                .containsExactly("procession: while exiting, stage CONTROL: java.lang.IllegalStateException: told");
    }
}
