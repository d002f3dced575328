package io.procession.internal.family;

/**
 * Who a process is. The incarnation, not the pid, tells two processes apart: pids are reused.
 *
 * @param incarnation random, positive, unique within the family; given by the parent before the process starts
 * @param pid the number the operating system gave it
 * @param name the name the user gave it, for messages and lists; need not be unique
 */
public record ProcessIdentity(long incarnation, long pid, String name) {
    @Override
    public String toString() {
        return name + " (pid " + pid + ")";
    }

    /** The incarnation as the short name of files and threads: at most 8 characters, unique among the living of a family. */
    public String shortName() {
        return shortName(incarnation);
    }

    /** The same of any process of the family. */
    public static String shortName(long incarnation) {
        // 36^8 names. The status page is created exclusively under this name, so two living processes never share one.
        return Long.toString(incarnation % 2_821_109_907_456L, 36);
    }
}
