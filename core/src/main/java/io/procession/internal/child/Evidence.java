package io.procession.internal.child;

import io.procession.internal.family.StatusPageReader;
import java.io.UncheckedIOException;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * Tells what ended a child. {@code exit(137)}, {@code halt(137)} and SIGKILL all give the code 137; the goodbye mark of the status page says
 * whether the shutdown hooks ran, and if so, whether a signal made them run:
 *
 * <pre>
 *   code     crash report   goodbye mark      verdict
 *   128 + n  yes            any               the signal that the report names
 *   128 + n  no             by signal n       signal n (the JVM caught it and exited in order)
 *   128 + n  no             not by a signal   an exit with that code
 *   128 + n  no             none              signal n (or a halt with that very code, which nothing can tell apart)
 *   other    no             any               an exit with that code
 * </pre>
 */
final class Evidence {
    private static final int FIRST_SIGNAL_CODE = 129;
    private static final int LAST_SIGNAL_CODE = 128 + 64;

    private Evidence() {}

    static @Nullable String signal(int code, @Nullable StatusPageReader page, @Nullable CrashReport crash) {
        if (crash != null && !crash.signalName().isEmpty()) {
            return crash.signalName();
        }
        if (code < FIRST_SIGNAL_CODE || code > LAST_SIGNAL_CODE) {
            return null;
        }
        int number = code - 128;
        if (saidGoodbye(page)) {
            OptionalInt by = page == null ? OptionalInt.empty() : page.goodbyeSignal();
            return by.isPresent() && by.getAsInt() == number ? Signals.name(number) : null;
        }
        return Signals.name(number);
    }

    private static boolean saidGoodbye(@Nullable StatusPageReader page) {
        try {
            return page != null && page.saidGoodbye();
        } catch (UncheckedIOException unreadable) {
            return false;
        }
    }
}
