package io.procession.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.procession.internal.family.FamilyFirst;
import io.procession.task.Action;
import io.procession.testing.Guarded;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Class paths, temp folders and places of all kinds. */
@ExtendWith(FamilyFirst.class)
@Guarded
class PathsTest {
    @TempDir
    Path temporary;

    /** Runs a child, and a child of that. */
    public static final class TwoGenerations {
        public static void main(String[] arguments) throws Exception {
            Process.start(() -> {
                        System.out.println(
                                "child in " + Path.of("").toAbsolutePath().getFileName());
                        Process.start(() -> System.out.println("grandchild ok")).join();
                    })
                    .join();
        }
    }

    private static void copyTree(Path from, Path to) throws IOException {
        try (Stream<Path> all = Files.walk(from)) {
            for (Path each : all.toList()) {
                Path target = to.resolve(from.relativize(each).toString());
                if (Files.isDirectory(each)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(each, target);
                }
            }
        }
    }

    private static Path placeOf(Class<?> type) throws Exception {
        return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    }

    /** A class path of its own, whatever form this JVM's has. */
    private static String classPath(Path tests) throws Exception {
        return String.join(
                File.pathSeparator,
                tests.toString(),
                placeOf(Process.class).toString(),
                placeOf(org.slf4j.LoggerFactory.class).toString(),
                placeOf(com.esotericsoftware.kryo.kryo5.Kryo.class).toString());
    }

    @Test
    void aClassPathWithSpacesAndNonAsciiAndRelativeEntries() throws Exception {
        Path strange = temporary.resolve("Größe # 100 % \"ärger\" 日本");
        copyTree(placeOf(PathsTest.class).resolve("io/procession/process"), strange.resolve("io/procession/process"));
        ProcessBuilder builder = Root.builder(
                List.of("-cp", classPath(Path.of(strange.getFileName().toString()))), TwoGenerations.class);
        builder.directory(temporary.toFile());
        try (Root root = Root.start(builder)) {
            assertThat(root.finish()).contains("grandchild ok");
        }
    }

    @Test
    void aTempFolderOfTwoHundredCharactersAndNoRuntimeDirectory() throws Exception {
        Path deep = Files.createDirectories(temporary.resolve("d".repeat(200)));
        ProcessBuilder builder = Root.builder(List.of("-Djava.io.tmpdir=" + deep), TwoGenerations.class);
        builder.environment().remove("XDG_RUNTIME_DIR");
        try (Root root = Root.start(builder)) {
            assertThat(root.finish()).contains("grandchild ok");
        }
        assertThat(deep).isEmptyDirectory();
    }

    @Test
    void aClassPathOfItsOwnKeepsWhatTheLibraryNeeds() throws Exception {
        Lines out = new Lines();
        Process process = Process.builder()
                .classPath(List.of(placeOf(PathsTest.class)))
                .stdout(Stdio.lines(out))
                .start(() -> System.out.println("ran"));
        process.join();
        assertThat(process.exitStatus().orElseThrow().isSuccess()).isTrue();
        assertThat(out.all()).containsExactly("ran");
    }

    @Test
    void aFunctionThatIsNotOnTheClassPathOfTheChildIsRefusedAtStart() {
        assertThatThrownBy(
                        () -> Process.builder().classPath(List.of(temporary)).start(() -> System.out.println("never")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(PathsTest.class.getName())
                .hasMessageContaining(temporary.toString())
                .hasMessageContaining("WorkerOptions.classPath");
        assertThat(Process.activeChildren()).isEmpty();
    }

    /** Loaded by a loader that no child has. */
    public static final class Foreign implements Action {
        private static final long serialVersionUID = 1;

        @Override
        public void perform() {}
    }

    @Test
    void aFunctionOfAForeignClassLoaderIsRefusedWithTheNameOfTheLoader() throws Exception {
        byte[] bytes;
        try (InputStream in = PathsTest.class.getResourceAsStream("PathsTest$Foreign.class")) {
            // The same class under a name that only the foreign loader knows.
            bytes = new String(in.readAllBytes(), java.nio.charset.StandardCharsets.ISO_8859_1)
                    .replace("PathsTest$Foreign", "PathsTest$Strange")
                    .getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);
        }
        ClassLoader foreign = new ClassLoader("tenant-7", PathsTest.class.getClassLoader()) {
            @Override
            protected Class<?> findClass(String name) {
                return defineClass(name, bytes, 0, bytes.length);
            }
        };
        Action action = (Action) foreign.loadClass("io.procession.process.PathsTest$Strange")
                .getDeclaredConstructor()
                .newInstance();
        assertThatThrownBy(() -> Process.start(action))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("PathsTest$Strange")
                .hasMessageContaining("tenant-7")
                .hasMessageContaining("WorkerOptions.classPath");
    }

    /** This program and, in a class loader of its own, a second copy of everything. */
    static final class TwoCopies {
        public static void main(String[] arguments) throws Exception {
            Lines out = new Lines();
            try (Process living = Process.builder().stdout(Stdio.lines(out)).start(Actions::sleepForEver)) {
                out.next();
                List<URL> urls = new ArrayList<>();
                for (String entry : classPath(placeOf(PathsTest.class)).split(File.pathSeparator)) {
                    urls.add(Path.of(entry).toUri().toURL());
                }
                URL[] all = urls.toArray(new URL[0]);
                try (URLClassLoader copy = new URLClassLoader("copy", all, ClassLoader.getPlatformClassLoader())) {
                    Class<?> probe = copy.loadClass(TwoGenerations.class.getName());
                    probe.getMethod("main", String[].class).invoke(null, (Object) new String[0]);
                }
                // Had the copy opened and closed our participants file, we would count as dead by now.
                Process.start(() -> System.out.println(
                                "alive " + Process.parent().orElseThrow().isAlive()))
                        .join();
                System.out.println("sibling alive " + living.isAlive());
            }
        }
    }

    @Test
    void twoCopiesOfTheLibraryInOneJvmDoNotHarmEachOther() throws Exception {
        try (Root root = Root.start(List.of("-Dprocession.directory=" + temporary), TwoCopies.class)) {
            assertThat(root.finish()).contains("grandchild ok", "alive true", "sibling alive true");
        }
        assertThat(temporary).isEmptyDirectory();
    }

    @Test
    void aProgramInANamedModuleAndItsGrandchildren() throws Exception {
        Path sources = Files.createDirectories(temporary.resolve("source"));
        Files.writeString(
                sources.resolve("module-info.java"),
                "module app { requires io.procession.core; opens demo to io.procession.core; }");
        Files.writeString(Files.createDirectories(sources.resolve("demo")).resolve("Main.java"), """
                package demo;
                import io.procession.process.Process;
                public class Main {
                    public static void main(String[] arguments) throws InterruptedException {
                        Process.start(() -> generation(1)).join();
                    }
                    static void generation(int number) throws InterruptedException {
                        System.out.println(number + " in " + Main.class.getModule() + " by " + Process.class.getModule());
                        if (number < 2) {
                            Process.start(() -> generation(number + 1)).join();
                        }
                    }
                }
                """);
        String libraries = classPath(placeOf(org.jspecify.annotations.Nullable.class));
        Path compiled = temporary.resolve("compiled");
        int javac = ToolProvider.findFirst("javac")
                .orElseThrow()
                .run(
                        System.out,
                        System.err,
                        "-p",
                        libraries,
                        "-d",
                        compiled.toString(),
                        sources.resolve("module-info.java").toString(),
                        sources.resolve("demo/Main.java").toString());
        assertThat(javac).isZero();
        ProcessBuilder builder = new ProcessBuilder(
                        System.getProperty("java.home") + "/bin/java",
                        "-p",
                        compiled + File.pathSeparator + libraries,
                        "-m",
                        "app/demo.Main")
                .redirectErrorStream(true);
        try (Root root = Root.start(builder)) {
            assertThat(root.finish())
                    .containsExactly(
                            "1 in module app by module io.procession.core",
                            "2 in module app by module io.procession.core");
        }
    }

    @Test
    void aMainClassThatOnlyTheChildHas() throws Exception {
        Lines out = new Lines();
        Process process = Process.builder()
                .classPath(List.of(placeOf(PathsTest.class)))
                .stdout(Stdio.lines(out))
                .startMain(HasMain.class.getName(), "a b");
        process.join();
        assertThat(process.exitCode()).hasValue(0);
        assertThat(out.all()).containsExactly("a b");
        assertThatThrownBy(() -> Process.startMain(PathsTest.class))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("static void main(String[])");
    }

    static final class HasMain {
        static void main(String[] arguments) {
            System.out.println(arguments[0]);
        }
    }
}
