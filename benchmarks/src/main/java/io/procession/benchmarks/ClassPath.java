package io.procession.benchmarks;

import java.io.File;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The class path of the harness, and what of it a contender is given. Where this module is there as a jar, as programs mostly are, its directory of classes is left out: each class of a later entry would be looked for in it first. Some peers bring twenty jars, and whoever looks for services, as we do, opens each jar of its class path: that is no part of what a first start
 * costs those who do not use these peers.
 */
final class ClassPath {
    /** How the names of these peers' jars, and of what they need alone, begin. */
    private static final List<String> PEERS = List.of(
            "pp4j-",
            "commons-pool2-",
            "chronicle-",
            "posix-",
            "jna-",
            "jnr-",
            "jffi-",
            "asm-",
            "compiler-",
            "affinity-",
            "commons-cli-",
            "jeromq-",
            "jnacl-");

    private ClassPath() {}

    static String whole() {
        return String.join(File.pathSeparator, entries());
    }

    private static List<String> entries() {
        List<String> all = List.of(System.getProperty("java.class.path").split(File.pathSeparator));
        return all.get(0).endsWith(".jar")
                ? all.stream().filter(entry -> !isClassesOf(all.get(0), entry)).toList()
                : all;
    }

    /** Whether that directory is what the jar was made of. */
    private static boolean isClassesOf(String jar, String directory) {
        return new File(jar).toPath().resolveSibling("classes").equals(new File(directory).toPath());
    }

    static String withoutPeers() {
        return entries().stream()
                .filter(entry -> PEERS.stream().noneMatch(new File(entry).getName()::startsWith))
                .collect(Collectors.joining(File.pathSeparator));
    }
}
