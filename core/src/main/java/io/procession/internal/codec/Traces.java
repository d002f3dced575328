package io.procession.internal.codec;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.jspecify.annotations.Nullable;

/** What a failure says of itself as text. Failures of the user may fail at that, too. */
final class Traces {
    /** Enough for any failure a human looks at. */
    private static final int LONGEST = 1 << 18;

    private Traces() {}

    /** The stack trace with causes and suppressed ones, as it is printed. */
    static String fullText(Throwable failure) {
        try {
            StringWriter text = new StringWriter(1024);
            failure.printStackTrace(new PrintWriter(text, true));
            return cut(text.toString());
        } catch (RuntimeException | Error failedItself) {
            return ownText(failure);
        }
    }

    /** The stack trace of this one alone. */
    static String ownText(Throwable failure) {
        StringBuilder text = new StringBuilder(512).append(headOf(failure)).append(System.lineSeparator());
        for (StackTraceElement frame : failure.getStackTrace()) {
            text.append("\tat ").append(frame).append(System.lineSeparator());
            if (text.length() > LONGEST) {
                break;
            }
        }
        return cut(text.toString());
    }

    private static String headOf(Throwable failure) {
        try {
            return failure.toString();
        } catch (RuntimeException | Error failedItself) {
            return failure.getClass().getName();
        }
    }

    static @Nullable String messageOf(Throwable failure) {
        try {
            String message = failure.getMessage();
            return message == null ? null : cut(message);
        } catch (RuntimeException | Error failedItself) {
            return null;
        }
    }

    private static String cut(String text) {
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "... (cut)";
    }
}
