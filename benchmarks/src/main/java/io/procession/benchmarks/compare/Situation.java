package io.procession.benchmarks.compare;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What no figure tells: where a transport cannot or should not be used, and what to take there. */
final class Situation {
    /** A link of {@code shm} takes half a mebibyte, and two more when large values travel. */
    private static final double LITTLE_SHARED_MEMORY_MEBIBYTES = 128;

    static final String SHARED_MEMORY = "shm";

    private Situation() {}

    /** Whether shared memory has so little room here that it may not be the one to take. */
    static boolean sharedMemoryIsShort(Comparison comparison) {
        double free = comparison.surroundings().sharedMemoryMebibytes();
        return !(free >= LITTLE_SHARED_MEMORY_MEBIBYTES);
    }

    static List<String> of(Comparison comparison) {
        List<String> lines = new ArrayList<>();
        List<String> ids = comparison.transports().ids();
        if (ids.contains(SHARED_MEMORY) && sharedMemoryIsShort(comparison)) {
            lines.add("Here, shm is short of room: "
                    + (Double.isNaN(comparison.surroundings().sharedMemoryMebibytes())
                            ? "there is no memory file system (/dev/shm), so its memory lies in files of a disk"
                            : String.format(
                                    Locale.ROOT,
                                    "%.0f MiB are free in /dev/shm, and a link takes 0.5 to 2.5 MiB",
                                    comparison.surroundings().sharedMemoryMebibytes()))
                    + ". Give it more room (Docker: --shm-size), or take " + otherThan(SHARED_MEMORY, ids) + ".");
        }
        if (ids.contains("pipe")) {
            lines.add(
                    "A sandbox or container without a memory file system, or with a small one: pipe. It needs nothing but"
                            + " the program mkfifo, no dependency and no port.");
        }
        if (ids.contains("socket")) {
            lines.add(
                    "An image without mkfifo, or a process that holds hundreds of links: socket. It needs no program and no"
                            + " thread for each link.");
        }
        return lines;
    }

    private static String otherThan(String transport, List<String> ids) {
        return String.join(
                " or ", ids.stream().filter(id -> !id.equals(transport)).toList());
    }
}
