package io.procession.benchmarks;

import io.procession.process.Process;
import io.procession.process.Stdio;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** The JVM flags that our processes have, so that bare JVMs can be given the same. */
final class ChildFlags {
    private ChildFlags() {}

    /** Asks a process. */
    static List<String> ask() throws InterruptedException {
        List<String> flags = Collections.synchronizedList(new ArrayList<>());
        Process process = Process.builder().stdout(Stdio.lines(flags::add)).start(ChildFlags::print);
        process.join();
        if (process.exitCode().orElseThrow() != 0) {
            throw new IllegalStateException(
                    "asking a process for its flags: it " + process.exitStatus().orElseThrow());
        }
        return List.copyOf(flags);
    }

    /** The same as others may read them: where our temporary files are says nothing to them. */
    static List<String> withoutPaths(List<String> flags) {
        return flags.stream().map(flag -> flag.replaceAll("=/.*/", "=…/")).toList();
    }

    private static void print() {
        ManagementFactory.getRuntimeMXBean().getInputArguments().forEach(System.out::println);
    }
}
