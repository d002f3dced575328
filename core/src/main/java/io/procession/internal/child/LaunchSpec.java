package io.procession.internal.child;

import java.io.File;
import org.jspecify.annotations.Nullable;

/**
 * All that is needed to start a child.
 *
 * @param name for messages, lists and threads
 * @param daemon whether this process may end without waiting for it
 * @param entry what it runs
 * @param jvm how its JVM is started
 * @param stdin what it reads: a file, or nothing (end of file at once) if null
 * @param stdout where its output goes
 * @param stderr where its errors go
 */
public record LaunchSpec(
        String name,
        boolean daemon,
        Entry entry,
        JvmOptions jvm,
        @Nullable File stdin,
        Output stdout,
        Output stderr) {
    /** A worker of this library's own: stdout inherited, stderr copied with its tail kept, daemon. */
    public static LaunchSpec worker(String name, Entry entry, JvmOptions jvm) {
        return new LaunchSpec(name, true, entry, jvm, null, new Output.Inherit(), new Output.CopyAndKeepTail());
    }
}
