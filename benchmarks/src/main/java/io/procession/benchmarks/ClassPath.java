package io.procession.benchmarks;

import java.io.File;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The class path of the harness, and what of it a contender is given. Some peers bring twenty jars, and whoever looks for services, as we do, opens each jar of its class path: that is no part of what a first start
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
        return System.getProperty("java.class.path");
    }

    static String withoutPeers() {
        return Stream.of(whole().split(File.pathSeparator))
                .filter(entry -> PEERS.stream().noneMatch(new File(entry).getName()::startsWith))
                .collect(Collectors.joining(File.pathSeparator));
    }
}
