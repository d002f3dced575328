package io.procession.testing;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A JVM that runs a main class of the tests, says on its stdout how far it is, and is killed in the end. It has the class path of this one and its stderr. Not
 * safe for several threads.
 */
public final class ChildJvm implements AutoCloseable {
    private final Process process;
    private final BufferedReader output;

    private ChildJvm(Process process) {
        this.process = process;
        this.output = process.inputReader();
    }

    /**
     * Starts it.
     *
     * @param main the class with the {@code main} method
     * @param arguments what {@code main} gets, as text
     * @return the child, which runs
     * @throws IOException if the JVM cannot be started
     */
    public static ChildJvm start(Class<?> main, Object... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
        for (Object argument : arguments) {
            command.add(argument.toString());
        }
        return new ChildJvm(new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start());
    }

    /**
     * Which process it is.
     *
     * @return the process id
     */
    public long pid() {
        return process.pid();
    }

    /**
     * What the child says next.
     *
     * @return one line, without its end
     * @throws IOException if it ended and said nothing more
     */
    public String hear() throws IOException {
        String line = output.readLine();
        if (line == null) {
            throw new IOException("the child ended without a word");
        }
        return line;
    }

    /**
     * Sends a signal by the program {@code kill}.
     *
     * @param name {@code STOP}, {@code CONT}, {@code TERM} and so on
     * @throws IOException if there is no such program
     * @throws InterruptedException if the calling thread was interrupted
     */
    public void signal(String name) throws IOException, InterruptedException {
        Signal.send(name, process.pid());
    }

    /** Sends {@code SIGKILL}, and waits until it has taken effect. */
    public void kill() {
        process.destroyForcibly().onExit().join();
    }

    @Override
    public void close() {
        kill();
    }
}
