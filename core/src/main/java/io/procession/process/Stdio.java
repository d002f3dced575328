package io.procession.process;

import static java.util.Objects.requireNonNull;

import io.procession.internal.child.Output;
import java.nio.file.Path;
import java.util.function.Consumer;

/**
 * Where the standard output or the standard error of a process goes. Immutable; one value may serve many processes.
 *
 * <p>Counterpart of {@link ProcessBuilder.Redirect}, plus lines for a consumer.
 */
public final class Stdio {
    private static final Stdio INHERIT = new Stdio(new Output.Inherit());
    private static final Stdio DISCARD = new Stdio(new Output.Discard());

    private final Output output;

    private Stdio(Output output) {
        this.output = output;
    }

    /**
     * To the same place as that of the starting process. The default.
     *
     * @return that choice
     */
    public static Stdio inherit() {
        return INHERIT;
    }

    /**
     * Nowhere.
     *
     * @return that choice
     */
    public static Stdio discard() {
        return DISCARD;
    }

    /**
     * To a file, whose former content is lost.
     *
     * @param file created if it is missing
     * @return that choice
     */
    public static Stdio file(Path file) {
        return new Stdio(new Output.ToFile(requireNonNull(file, "file").toFile(), false));
    }

    /**
     * To the end of a file.
     *
     * @param file created if it is missing
     * @return that choice
     */
    public static Stdio appendTo(Path file) {
        return new Stdio(new Output.ToFile(requireNonNull(file, "file").toFile(), true));
    }

    /**
     * To a function in the starting process, line by line. The process is told to write UTF-8. The function runs on a thread that belongs to this
     * stream of this process: while it is busy, the process may come to wait for it. An exception of it costs the line and goes to that
     * thread's {@linkplain Thread.UncaughtExceptionHandler handler of uncaught exceptions}. All lines are handed over before
     * {@link Process#join()} returns, unless the function takes more than ten seconds to do its work after the end of the process.
     *
     * @param consumer gets each line without its end
     * @return that choice
     */
    public static Stdio lines(Consumer<String> consumer) {
        return new Stdio(new Output.Lines(requireNonNull(consumer, "consumer")));
    }

    Output output() {
        return output;
    }
}
