package io.procession.testing;

import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The stacks of this JVM and of the JVMs below it, as text. */
final class StackDump {
    private static final int PATIENCE_SECONDS = 15;

    private StackDump() {}

    static String ofThisJvmAndAllBelow() {
        StringBuilder text = new StringBuilder(ofThisJvm());
        // The list is made before the first jcmd, which would be in it.
        List<ProcessHandle> below = ProcessHandle.current().descendants().toList();
        for (ProcessHandle process : below) {
            text.append("\n==== ").append(ProcessTree.describe(process)).append(" ====\n");
            if (isJvm(process)) {
                text.append(ofOtherJvm(process.pid()));
            }
        }
        return text.toString();
    }

    static String ofThisJvm() {
        StringBuilder text = new StringBuilder(
                "==== this JVM, pid " + ProcessHandle.current().pid() + " ====\n");
        Thread.getAllStackTraces().entrySet().stream()
                .sorted(Comparator.comparing(entry -> entry.getKey().getName()))
                .forEach(entry -> {
                    text.append('"')
                            .append(entry.getKey().getName())
                            .append("\" ")
                            .append(entry.getKey().getState())
                            .append('\n');
                    for (StackTraceElement element : entry.getValue()) {
                        text.append("    at ").append(element).append('\n');
                    }
                });
        return text.toString();
    }

    private static boolean isJvm(ProcessHandle process) {
        String command = process.info().command().orElse("");
        return command.endsWith("java") || command.endsWith("java.exe");
    }

    private static String ofOtherJvm(long pid) {
        Path jcmd = Path.of(System.getProperty("java.home"), "bin", File.separatorChar == '/' ? "jcmd" : "jcmd.exe");
        if (Files.isExecutable(jcmd)) {
            return outputOf(jcmd.toString(), Long.toString(pid), "Thread.print", "-l");
        }
        // A runtime image has no jcmd; SIGQUIT makes the JVM write its stacks to its own stdout.
        return "no jcmd in this JDK; asked it to write its stacks to its stdout\n"
                + outputOf("kill", "-QUIT", Long.toString(pid));
    }

    private static String outputOf(String... command) {
        @Nullable Path file = null;
        try {
            // To a file: reading a pipe of a jcmd that hangs on a stopped process would hang as well.
            file = Files.createTempFile("stacks", ".txt");
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(Redirect.to(file.toFile()))
                    .start();
            String outcome = "";
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
                outcome = "(no answer within " + PATIENCE_SECONDS + " s)\n";
            }
            return Files.readString(file, StandardCharsets.UTF_8) + outcome;
        } catch (IOException failure) {
            return String.join(" ", command) + ": " + failure + "\n";
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return "(interrupted)\n";
        } finally {
            delete(file);
        }
    }

    private static void delete(@Nullable Path file) {
        if (file != null) {
            file.toFile().delete();
        }
    }
}
