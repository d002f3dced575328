package io.procession.process;

import static java.util.Objects.requireNonNull;

import io.procession.internal.child.JvmOptions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * How the JVM of a process, or of each worker of a pool, is started. An immutable value: each method gives a changed copy, and one value may
 * serve many.
 *
 * <p>What a new JVM has without any option:
 *
 * <ul>
 *   <li>the {@code java} launcher, the class path and the module path of this JVM, with relative entries made absolute;
 *   <li>of this JVM's own flags those that change what the program means: {@code -D}, {@code -ea} and its like, {@code --add-opens},
 *       {@code --add-exports}, {@code --add-reads}, {@code --add-modules}, {@code --limit-modules}, {@code --patch-module}, {@code --enable-preview},
 *       {@code --enable-native-access} and its like, {@code -Xss}, {@code -Xbootclasspath/a}. Wherever they were given: on the command line, in a file, in
 *       {@code JAVA_TOOL_OPTIONS}, {@code JDK_JAVA_OPTIONS}. They pass on to the children of children;
 *   <li><em>not</em> heap sizes and garbage collectors, which would be multiplied by the number of processes; not debuggers, JMX
 *       ports ({@code -Dcom.sun.management...}), agents, GC logs, dump paths, which would meet those of the parent. What a process shall have of
 *       these, {@link #jvmArgs} gives it. The three environment variables named above are taken out of its environment, unless
 *       {@link #environment} puts them in;
 *   <li>the environment and the working directory of this process;
 *   <li>the settings {@code procession.*} as they stand when it is started;
 *   <li>{@code -XX:-UsePerfData}, the JVM's own messages on stderr instead of stdout, and safepoints in counted loops. {@link #jvmArgs} overrides them.
 * </ul>
 *
 * <p>Flags and properties travel in a file that only this user can read, not on the command line.
 */
public final class WorkerOptions {
    private static final WorkerOptions DEFAULTS = new WorkerOptions(JvmOptions.DEFAULTS);

    private final JvmOptions jvm;

    private WorkerOptions(JvmOptions jvm) {
        this.jvm = jvm;
    }

    /**
     * The options of a process that was given none.
     *
     * @return the defaults
     */
    public static WorkerOptions defaults() {
        return DEFAULTS;
    }

    /**
     * Limits the Java heap.
     *
     * @param size as {@code -Xmx} takes it, such as {@code 256m}
     * @return a changed copy
     * @throws IllegalArgumentException if it is not a number with an optional {@code k}, {@code m}, {@code g} or {@code t}
     */
    public WorkerOptions maxHeap(String size) {
        if (!requireNonNull(size, "size").matches("[1-9][0-9]*[kKmMgGtT]?")) {
            throw new IllegalArgumentException("not a heap size as -Xmx takes it, such as 256m: '" + size + "'");
        }
        return with(draft -> draft.maxHeap = size);
    }

    /**
     * Adds flags of the JVM, after all others, so that they win.
     *
     * @param flags one argument each, such as {@code -XX:+UseSerialGC}
     * @return a changed copy
     */
    public WorkerOptions jvmArgs(String... flags) {
        return with(draft -> draft.jvmArgs.addAll(List.of(flags)));
    }

    /**
     * Sets a system property, as {@code -D} does.
     *
     * @param name its name
     * @param value its value
     * @return a changed copy
     */
    public WorkerOptions systemProperty(String name, String value) {
        requireNonNull(name, "name");
        requireNonNull(value, "value");
        return with(draft -> draft.systemProperties.put(name, value));
    }

    /**
     * Sets an environment variable, or takes one away.
     *
     * @param name its name
     * @param value its value; null takes away what this process has under that name
     * @return a changed copy
     */
    public WorkerOptions environment(String name, @Nullable String value) {
        requireNonNull(name, "name");
        return with(draft -> draft.environment.put(name, value));
    }

    /**
     * Replaces the class path. What this library needs for itself is added at its end; the classes of the functions to run must be on it.
     *
     * @param entries jars and directories, in order
     * @return a changed copy
     */
    public WorkerOptions classPath(List<Path> entries) {
        List<Path> copy = List.copyOf(entries);
        return with(draft -> draft.classPath = copy);
    }

    /**
     * Chooses the working directory.
     *
     * @param directory an existing directory
     * @return a changed copy
     */
    public WorkerOptions directory(Path directory) {
        requireNonNull(directory, "directory");
        return with(draft -> draft.directory = directory);
    }

    /**
     * Chooses the {@code java} launcher, and with it the JDK.
     *
     * @param executable the launcher of a JDK 17 or newer
     * @return a changed copy
     */
    public WorkerOptions javaExecutable(Path executable) {
        requireNonNull(executable, "executable");
        return with(draft -> draft.javaExecutable = executable);
    }

    /**
     * For the other rooms of this library: the type is not exported.
     *
     * @return these options as a start takes them
     */
    @SuppressWarnings("exports")
    public JvmOptions jvmOptions() {
        return jvm;
    }

    private WorkerOptions with(Consumer<Draft> change) {
        Draft draft = new Draft(jvm);
        change.accept(draft);
        return new WorkerOptions(draft.done());
    }

    /** A copy while it is being changed. */
    private static final class Draft {
        @Nullable
        Path javaExecutable;

        @Nullable
        String maxHeap;

        final List<String> jvmArgs;
        final Map<String, String> systemProperties;
        final Map<String, @Nullable String> environment;

        @Nullable
        List<Path> classPath;

        @Nullable
        Path directory;

        Draft(JvmOptions from) {
            javaExecutable = from.javaExecutable();
            maxHeap = from.maxHeap();
            jvmArgs = new ArrayList<>(from.jvmArgs());
            systemProperties = new LinkedHashMap<>(from.systemProperties());
            environment = new LinkedHashMap<>(from.environment());
            classPath = from.classPath();
            directory = from.directory();
        }

        JvmOptions done() {
            return new JvmOptions(
                    javaExecutable,
                    maxHeap,
                    Collections.unmodifiableList(jvmArgs),
                    Collections.unmodifiableMap(systemProperties),
                    Collections.unmodifiableMap(environment),
                    classPath,
                    directory);
        }
    }
}
