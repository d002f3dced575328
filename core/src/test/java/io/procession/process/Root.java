package io.procession.process;

import io.procession.testing.Signal;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Programs of their own, started without this library, that tests kill in all ways. */
final class Root implements AutoCloseable {
    private final java.lang.Process process;
    private final BufferedReader out;
    private final List<String> read = new ArrayList<>();
    private final List<String> passedOver = new ArrayList<>();

    private Root(java.lang.Process process) {
        this.process = process;
        this.out = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    static ProcessBuilder builder(List<String> jvmArgs, Class<?> main, String... arguments) throws IOException {
        List<String> command = new ArrayList<>();
        if (Actions.ignoresSigint(false)) { // a build in the background of a shell; all below it would inherit that
            command.addAll(List.of("env", "--default-signal=INT"));
        }
        command.add(System.getProperty("java.home") + "/bin/java");
        command.addAll(jvmArgs);
        if (!jvmArgs.contains("-cp")) {
            command.addAll(List.of("-cp", System.getProperty("java.class.path")));
        }
        command.add(main.getName());
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("LC_ALL", "C.UTF-8");
        return builder;
    }

    static Root start(ProcessBuilder builder) throws IOException {
        return new Root(builder.start());
    }

    static Root start(List<String> jvmArgs, Class<?> main, String... arguments) throws IOException {
        return start(builder(jvmArgs, main, arguments));
    }

    /** The rest of the first line that begins so and was not awaited before. Parent and child write in any order. */
    String await(String prefix) throws IOException {
        for (String line : passedOver) {
            if (line.startsWith(prefix)) {
                passedOver.remove(line);
                return line.substring(prefix.length());
            }
        }
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            read.add(line);
            if (line.startsWith(prefix)) {
                return line.substring(prefix.length());
            }
            passedOver.add(line);
        }
        throw new AssertionError("no line '" + prefix + "' among " + read);
    }

    ProcessHandle awaitPid(String prefix) throws IOException {
        return ProcessHandle.of(Long.parseLong(await(prefix))).orElseThrow();
    }

    /** All lines to the end, and the exit code is 0. */
    List<String> finish() throws IOException, InterruptedException {
        int code = exit();
        if (code != 0) {
            throw new AssertionError("exit code " + code + ", output " + read);
        }
        return read;
    }

    int exit() throws IOException, InterruptedException {
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            read.add(line);
        }
        return process.waitFor();
    }

    List<String> lines() {
        return read;
    }

    void signal(String name) throws IOException, InterruptedException {
        Signal.send(name, process.pid());
    }

    void kill() {
        process.destroyForcibly();
    }

    long pid() {
        return process.pid();
    }

    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        process.onExit().join();
    }
}
