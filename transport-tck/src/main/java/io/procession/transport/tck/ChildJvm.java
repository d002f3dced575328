package io.procession.transport.tck;

import io.procession.transport.TransportAddress;
import io.procession.transport.TransportSite;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Another JVM that runs {@link ContractChild}: one line tells it what to do, one line answers. Not safe for several threads.
 */
final class ChildJvm {
    private final String siteName;
    private final Process process;
    private final BufferedWriter commands;
    private final BufferedReader answers;
    private boolean killed;

    private ChildJvm(String siteName, Process process) {
        this.siteName = siteName;
        this.process = process;
        this.commands = process.outputWriter();
        this.answers = process.inputReader();
    }

    static ChildJvm start(String transportClass, TransportSite site) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        // Children live for a second and do little: what makes them start sooner is worth more than what makes them run
        // faster.
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xshare:auto", "-Xmx128m"));
        command.addAll(List.of("-cp", System.getProperty("java.class.path")));
        command.addAll(List.of(
                ContractChild.class.getName(), transportClass, site.directory().toString(), site.name()));
        return new ChildJvm(
                site.name(),
                new ProcessBuilder(command).redirectError(Redirect.INHERIT).start());
    }

    /** Tells the child what to do and waits for its answer. */
    String ask(String command) {
        tell(command);
        return answer();
    }

    /** Tells the child what to do. */
    void tell(String command) {
        try {
            commands.write(command);
            commands.newLine();
            commands.flush();
        } catch (IOException e) {
            throw new UncheckedIOException("child " + process.pid() + " takes no command: " + command, e);
        }
    }

    String answer() {
        try {
            String line = answers.readLine();
            if (line == null || line.startsWith("failed")) {
                throw new AssertionError("child " + process.pid() + " answered: " + line);
            }
            return line;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where the child listens from now on, with one of the ways of {@link ContractChild}. */
    TransportAddress listen(String way) {
        String[] answer = ask("listen " + way).split(" ", 2);
        return new TransportAddress(answer[0], answer[1]);
    }

    /** Connects the child. */
    void connect(TransportAddress address) {
        ask("connect " + address.transport() + " " + address.value());
    }

    long pid() {
        return process.pid();
    }

    String siteName() {
        return siteName;
    }

    boolean killed() {
        return killed;
    }

    /** SIGKILL; returns when the process is gone. */
    void kill() {
        killed = true;
        process.destroyForcibly();
        end();
    }

    /** Ends the input of the child, upon which it closes what it has and exits; returns when it is gone. */
    void end() {
        close(commands);
        boolean interrupted = false;
        while (process.isAlive()) {
            try {
                process.waitFor();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        close(answers);
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static void close(Closeable stream) {
        try {
            stream.close();
        } catch (IOException goneWithTheChild) {
            // What was not flushed has no reader any more.
        }
    }
}
