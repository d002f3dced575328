package io.procession.benchmarks.subjects;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Starts bare JVMs on the JDK and class path of the current one. */
final class Jvm {
    private Jvm() {}

    /** A JVM that runs a main class; its standard input and output are streams here. */
    static Process startConnected(List<String> flags, Class<?> main, String... arguments) throws IOException {
        return builder(flags, main, arguments)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    /** A JVM that runs a main class; its output goes where ours goes. */
    static Process start(List<String> flags, Class<?> main, String... arguments) throws IOException {
        return builder(flags, main, arguments).inheritIO().start();
    }

    private static ProcessBuilder builder(List<String> flags, Class<?> main, String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(flags);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command);
    }
}
