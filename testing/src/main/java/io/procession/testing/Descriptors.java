package io.procession.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The open descriptors of this JVM and what they lead to. Known on Linux only; elsewhere there are none. */
final class Descriptors {
    private static final Path OWN = Path.of("/proc/self/fd");

    private Descriptors() {}

    /**
     * Makes the JDK open what it opens once and keeps for ever (a half of a socket pair from which closing channels borrows), so that
     * it is there before the first look.
     */
    static void openWhatTheJdkKeeps() {
        try (SocketChannel channel = SocketChannel.open();
                Selector selector = Selector.open()) {
            channel.configureBlocking(false);
            channel.register(selector, 0);
            selector.selectNow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** "45 -> /tmp/x", without what belongs to the JVM: jars, the modules file, libraries, sources of randomness. */
    static Map<String, String> open() {
        Map<String, String> open = new TreeMap<>();
        if (!Files.isDirectory(OWN)) {
            return open;
        }
        try (Stream<Path> entries = Files.list(OWN)) {
            for (Path entry : entries.toList()) {
                String target = target(entry);
                if (!ofTheJvm(target)) {
                    open.put(entry.getFileName() + " -> " + target, target);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return open;
    }

    private static String target(Path entry) {
        try {
            return Files.readSymbolicLink(entry).toString();
        } catch (IOException closedMeanwhile) {
            return "";
        }
    }

    private static boolean ofTheJvm(String target) {
        return target.isEmpty()
                || target.startsWith("/proc/")
                || target.startsWith("/dev/")
                || target.endsWith(".jar")
                || target.endsWith(".so")
                || target.endsWith(".jsa")
                || target.endsWith("/modules");
    }
}
