package io.procession.transport.socket;

import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/** Tells of connections that were refused: each once, and not more than a few a minute, so that nobody can fill a disk with them. Safe for all threads. */
final class Refusals {
    static final int TOLD_A_MINUTE = 10;
    private static final long MINUTE_NANOS = Duration.ofMinutes(1).toNanos();

    private final Consumer<String> log;
    private long minuteBegan = System.nanoTime();
    private int told;
    private long untold;

    Refusals(Consumer<String> log) {
        this.log = log;
    }

    static Refusals logged() {
        // The logger is asked for when there is something to say: some have a back end that is slow to start, or none.
        return new Refusals(
                text -> LoggerFactory.getLogger(SocketTransport.class).warn(text));
    }

    void tell(Object listener, Object from, String reason) {
        String text = text(listener, from, reason);
        if (text != null) {
            log.accept(text);
        }
    }

    private synchronized @Nullable String text(Object listener, Object from, String reason) {
        long now = System.nanoTime();
        if (now - minuteBegan >= MINUTE_NANOS) {
            minuteBegan = now;
            told = 0;
        }
        if (told == TOLD_A_MINUTE) {
            untold++;
            return null;
        }
        told++;
        String others = untold == 0 ? "" : "; " + untold + " others were refused since the last report";
        untold = 0;
        return "refused a connection to " + listener + " from " + from + ": " + reason + others;
    }
}
