package io.procession.internal.child;

import java.io.File;
import java.util.function.Consumer;

/** Where one output stream of a child goes. */
public sealed interface Output {
    /** The same place as that of this process. */
    record Inherit() implements Output {}

    /** Nowhere. */
    record Discard() implements Output {}

    /**
     * A file.
     *
     * @param file created if it is missing
     * @param append whether what it holds stays
     */
    record ToFile(File file, boolean append) implements Output {}

    /**
     * Lines, decoded as UTF-8, which the child is told to write.
     *
     * @param consumer called on a thread of this stream's own
     */
    record Lines(Consumer<String> consumer) implements Output {}

    /** Copied byte by byte to the same stream of this process, its last lines kept: {@link Child#stderrTail()}. */
    record CopyAndKeepTail() implements Output {}
}
