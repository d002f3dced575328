package io.procession.internal.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A program in a named module, with the library as a named module, in a JVM of its own. */
final class ModulesTest {
    @TempDir
    Path directory;

    private static final String PROGRAM = """
            package app;

            import io.procession.task.Task;
            import io.procession.task.TaskFunction;
            import java.util.List;

            @SuppressWarnings("unchecked")
            public class Main {
                record Open(int x, List<String> y) {}
                record Sent(int x) implements java.io.Serializable {}
                public static class Fields { public int number = 3; public String text = "t"; private long secret = 4; }
                static class Named implements Task<String> {
                    final String text;
                    Named(String text) { this.text = text; }
                    public String call() { return text; }
                }
                static int twice(int x) { return 2 * x; }

                public static void main(String[] arguments) throws Exception {
                    int captured = 20;
                    Task<Integer> lambda = () -> captured + 1;
                    TaskFunction<Integer, Integer> reference = Main::twice;
                    Task<Integer> nested = () -> reference.apply(lambda.call());
                    print(((Task<?>) sent(lambda)).call());
                    print(((TaskFunction<Integer, ?>) sent(reference)).apply(5));
                    print(((Task<?>) sent(nested)).call());
                    print(((Task<?>) sent(new Named("named"))).call());
                    print(sent(new Sent(7)));
                    try {
                        print(sent(new Open(1, List.of("a"))));
                        Fields fields = (Fields) sent(new Fields());
                        print(fields.number + fields.text + fields.secret);
                    } catch (io.procession.codec.SerializationException refused) {
                        print(refused.getMessage());
                    }
                }

                static Object sent(Object value) throws Exception {
                    Class<?> probe = Class.forName("io.procession.internal.codec.ModuleProbe");
                    try {
                        return probe.getMethod("sent", Object.class).invoke(null, value);
                    } catch (java.lang.reflect.InvocationTargetException failed) {
                        throw (Exception) failed.getCause();
                    }
                }

                static void print(Object value) {
                    System.out.println(value);
                }
            }
            """;

    @Test
    void lambdasAndSerializableClassesWorkInAModuleThatOpensNothing() throws IOException {
        ChildJvm child = run("");

        assertThat(child.stderr).isEmpty();
        assertThat(child.stdout.lines())
                .startsWith("21", "10", "42", "named", "Sent[x=7]")
                .hasSize(6)
                .last()
                .asString()
                .contains("app.Main$Open is not serialisable")
                .contains("opens app to io.procession.core");
    }

    @Test
    void everythingWorksInAModuleThatOpensItsPackage() throws IOException {
        ChildJvm child = run("opens app to io.procession.core;");

        assertThat(child.stderr).isEmpty();
        assertThat(child.stdout.lines())
                .containsExactly("21", "10", "42", "named", "Sent[x=7]", "Open[x=1, y=[a]]", "3t4");
    }

    private ChildJvm run(String directive) throws IOException {
        Path app = compile(directive);
        List<Path> modules = modulePath();
        modules.add(app);
        return ChildJvm.run(
                directory,
                List.of(
                        "--module-path",
                        joined(modules),
                        // The door of the codec is not exported; the test brings a way in.
                        "--patch-module",
                        "io.procession.core=" + location(ModuleProbe.class),
                        "--add-exports",
                        "io.procession.core/io.procession.internal.codec=app",
                        "-m",
                        "app/app.Main"));
    }

    private Path compile(String directive) throws IOException {
        Path source = Files.createDirectories(directory.resolve("src/app"));
        Files.writeString(source.resolve("Main.java"), PROGRAM);
        Files.writeString(
                directory.resolve("src/module-info.java"),
                "module app { requires io.procession.core; " + directive + " exports app; }");
        Path classes = directory.resolve("app");
        ChildJvm compiler = ChildJvm.run(
                directory,
                "javac",
                List.of(
                        "--release",
                        "17",
                        "--module-path",
                        joined(modulePath()),
                        "-d",
                        classes.toString(),
                        directory.resolve("src/module-info.java").toString(),
                        source.resolve("Main.java").toString()));
        assertThat(compiler.stderr).isEmpty();
        assertThat(compiler.exitCode).isZero();
        return classes;
    }

    private static List<Path> modulePath() {
        List<Path> modules = new ArrayList<>(List.of(location(Codec.class)));
        Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> entry.contains("kryo5") || entry.contains("slf4j-api") || entry.contains("jspecify"))
                .map(Path::of)
                .forEach(modules::add);
        return modules;
    }

    private static String joined(List<Path> paths) {
        return String.join(
                File.pathSeparator, paths.stream().map(Path::toString).toList());
    }

    private static Path location(Class<?> type) {
        return Path.of(java.net.URI.create(
                type.getProtectionDomain().getCodeSource().getLocation().toString()));
    }
}
