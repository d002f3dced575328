package io.procession.internal.child;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How the JVM of a child is started.
 *
 * @param javaExecutable the launcher; null for that of this JVM
 * @param maxHeap as {@code -Xmx} takes it; null for the default of the JVM
 * @param jvmArgs further flags; they come last and win
 * @param systemProperties for {@code -D}
 * @param environment added to the environment of this process; a null value takes the variable away
 * @param classPath null for that of this JVM
 * @param directory the working directory; null for that of this process
 */
public record JvmOptions(
        @Nullable Path javaExecutable,
        @Nullable String maxHeap,
        List<String> jvmArgs,
        Map<String, String> systemProperties,
        Map<String, @Nullable String> environment,
        @Nullable List<Path> classPath,
        @Nullable Path directory) {
    /** Nothing but defaults. */
    public static final JvmOptions DEFAULTS = new JvmOptions(null, null, List.of(), Map.of(), Map.of(), null, null);

    /** These, with more flags before the further ones, which win. */
    public JvmOptions withJvmArgsBefore(List<String> flags) {
        List<String> all = new ArrayList<>(flags);
        all.addAll(jvmArgs);
        return new JvmOptions(
                javaExecutable,
                maxHeap,
                Collections.unmodifiableList(all),
                systemProperties,
                environment,
                classPath,
                directory);
    }
}
