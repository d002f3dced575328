package io.procession.pool;

import io.procession.internal.child.JvmOptions;
import java.util.ArrayList;
import java.util.List;

/**
 * The heap of workers whose user has not chosen one. A JVM takes up to a quarter of the machine, so with more than a few workers they would take more than
 * all of it together and be killed by the kernel. Here all workers together get 60 % of the memory of the machine or container: the rest is for this
 * process and for what a JVM needs beside its heap. Their collectors share the processors likewise.
 */
final class WorkerHeap {
    private static final double SHARE_OF_ALL = 0.6;
    private static final long DEFAULT_PARTS = 4;

    /** Less than this is no heap to work with; whoever runs so many workers on so little memory must know what they need. */
    private static final long LEAST_MEBIBYTES = 32;

    private static final String[] HEAP_FLAGS = {
        "-Xmx",
        "-Xms",
        "-Xmn",
        "-XX:MaxHeapSize",
        "-XX:InitialHeapSize",
        "-XX:MinHeapSize",
        "-XX:MaxRAM",
        "-XX:InitialRAM",
        "-XX:MinRAM",
        "-XX:Flags=",
        "-XX:VMOptionsFile=",
        "@"
    };
    private static final List<String> FLAG_VARIABLES =
            List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS");

    private WorkerHeap() {}

    /**
     * The options for one of so many workers.
     *
     * @param memoryBytes what all may use; 0 if unknown
     */
    static JvmOptions fit(JvmOptions options, int workers, long memoryBytes, int processors) {
        if (options.maxHeap() != null || saysHow(options)) {
            return options;
        }
        List<String> flags = new ArrayList<>();
        long share = (long) (memoryBytes * SHARE_OF_ALL / workers);
        if (memoryBytes > 0 && share < memoryBytes / DEFAULT_PARTS) {
            flags.add("-Xmx" + Math.max(LEAST_MEBIBYTES, share >> 20) + "m");
        }
        if (workers > 1 && processors > 1) {
            flags.add("-XX:ParallelGCThreads=" + Math.max(1, (processors + workers - 1) / workers));
        }
        return flags.isEmpty() ? options : options.withJvmArgsBefore(flags);
    }

    private static boolean saysHow(JvmOptions options) {
        for (String argument : options.jvmArgs()) {
            for (String flag : HEAP_FLAGS) {
                if (argument.startsWith(flag)) {
                    return true;
                }
            }
        }
        return FLAG_VARIABLES.stream().anyMatch(options.environment()::containsKey);
    }
}
