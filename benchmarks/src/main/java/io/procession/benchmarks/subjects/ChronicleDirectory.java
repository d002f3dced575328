package io.procession.benchmarks.subjects;

import io.procession.benchmarks.harness.ScratchDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import net.openhft.chronicle.queue.ChronicleQueue;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueueBuilder;
import net.openhft.chronicle.queue.rollcycles.LargeRollCycles;

/**
 * Where a Chronicle Queue lies: on a memory file system, where there is one, since what is compared is memory and not disks. It keeps all that was ever written, so its size is what a run writes.
 */
public final class ChronicleDirectory {
    private static final Path MEMORY = Path.of("/dev/shm");

    /** More than what is written: its files grow in blocks. */
    private static final long SPARE_BYTES = 256L << 20;

    private ChronicleDirectory() {}

    /** What Chronicle asks of each JVM. Its statistics, which go over the network, are no part of the class path; announcements and warnings are off. */
    public static List<String> flags() {
        List<String> flags = new ArrayList<>(List.of(
                "-Dchronicle.analytics.disable=true",
                "-Dchronicle.announcer.disable=true",
                "-Dchronicle.disk.monitor.disable=true",
                "-Ddisable.resource.warning=true"));
        for (String opened : List.of(
                "java.lang",
                "java.lang.reflect",
                "java.io",
                "java.util",
                "java.nio",
                "sun.nio.ch",
                "jdk.internal.misc")) {
            flags.addAll(List.of("--add-opens", "java.base/" + opened + "=ALL-UNNAMED"));
        }
        for (String exported : List.of("jdk.internal.ref", "jdk.internal.misc", "sun.nio.ch", "jdk.internal.util")) {
            flags.addAll(List.of("--add-exports", "java.base/" + exported + "=ALL-UNNAMED"));
        }
        return flags;
    }

    static ScratchDirectory create(long bytes) throws IOException {
        boolean fits = Files.isDirectory(MEMORY) && Files.getFileStore(MEMORY).getUsableSpace() > bytes + SPARE_BYTES;
        return fits ? ScratchDirectory.createIn(MEMORY, "chronicle") : ScratchDirectory.create("chronicle");
    }

    static ChronicleQueue open(Path directory) {
        return SingleChronicleQueueBuilder.binary(directory)
                .rollCycle(LargeRollCycles.HUGE_DAILY)
                .build();
    }
}
