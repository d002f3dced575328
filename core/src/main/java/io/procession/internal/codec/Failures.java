package io.procession.internal.codec;

import io.procession.codec.RemoteFailure;
import io.procession.codec.RemoteTrace;
import io.procession.codec.SerializationException;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How failures travel: always as text, and as what they are where that is possible. What they are lies in a part of its own, so that
 * a reader that lacks a class, or whose class has changed, skips it and is left with the text.
 */
final class Failures {
    private static final int MAX_CAUSES = 200;

    private Failures() {}

    /** A failure that was read, and its trace. */
    record Read(Throwable failure, String trace) {}

    static Encoded encode(Encoder out, Throwable failure) {
        Text.write(out.sink(), originHere());
        write(out, failure, Traces.fullText(failure));
        return out.finish();
    }

    /** As text and nothing else: for a failure of which more cannot be written. */
    static Encoded encodeAsText(Encoder out, Throwable failure, String reason) {
        ByteSink sink = out.sink();
        Text.write(sink, originHere());
        Text.write(sink, failure.getClass().getName());
        writeOptional(sink, Traces.messageOf(failure));
        Text.write(sink, Traces.ownText(failure));
        sink.putVarint(0);
        writeOptional(sink, reason);
        out.writeValue(null);
        return out.finish();
    }

    /** Whether the chain of causes has more links than anybody reads, each of which would be written with all that follow. A cycle has few. */
    static boolean hasEndlessCauses(Throwable failure) {
        Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        Throwable cause = failure;
        while (cause != null && seen.size() <= MAX_CAUSES && seen.add(cause)) {
            cause = cause.getCause();
        }
        return seen.size() > MAX_CAUSES;
    }

    private static String originHere() {
        return "process " + ProcessHandle.current().pid() + ", thread "
                + Thread.currentThread().getName();
    }

    static Throwable decode(Decoder in) {
        String origin = Text.read(in);
        Read read = read(in);
        attach(read.failure, new RemoteTrace(origin, read.trace));
        return read.failure;
    }

    static void write(Encoder out, Throwable failure, String trace) {
        ByteSink sink = out.sink();
        Text.write(sink, failure.getClass().getName());
        writeOptional(sink, Traces.messageOf(failure));
        Text.write(sink, trace);
        String reason = tryWrite(out, failure);
        writeOptional(sink, reason);
        if (reason != null) {
            Throwable cause = failure.getCause();
            out.writeValue(cause == null || out.isUnderWay(cause) ? null : cause);
        }
    }

    /**
     * Writes the failure as what it is: the length of the part, then the part. If it cannot travel: length 0.
     *
     * @return why it cannot travel, or null
     */
    private static @Nullable String tryWrite(Encoder out, Throwable failure) {
        if (out.isUnderWay(failure)) {
            out.sink().putVarint(0);
            return "it is its own cause";
        }
        Encoder part = out.separate(failure);
        try {
            JavaForm.writeStream(part, failure);
            out.sink().putVarlong(part.sink().sizeBytes());
            out.sink().append(part.sink());
            return null;
        } catch (Refusal refusal) {
            out.sink().putVarint(0);
            return reasonOf(refusal, failure);
        } catch (StackOverflowError deep) {
            out.sink().putVarint(0);
            return Refusals.TOO_DEEP;
        } catch (RuntimeException | Error failedItself) {
            out.sink().putVarint(0);
            return "writing it failed: " + failedItself.getClass().getName();
        }
    }

    private static String reasonOf(Refusal refusal, Throwable failure) {
        String message = refusal.toException(failure).getMessage();
        return message == null ? "it is not serialisable" : message;
    }

    private static void writeOptional(ByteSink sink, @Nullable String text) {
        sink.put(text == null ? 0 : 1);
        if (text != null) {
            Text.write(sink, text);
        }
    }

    private static @Nullable String readOptional(Decoder in) {
        return in.octet() == 0 ? null : Text.read(in);
    }

    static Read read(Decoder in) {
        String type = Text.read(in);
        String message = readOptional(in);
        String trace = Text.read(in);
        int length = in.length(1);
        Decoder part = in.separate(length);
        String reason = readOptional(in);
        Throwable cause = null;
        if (reason == null) {
            try {
                if (JavaForm.readStream(part) instanceof Throwable failure) {
                    return new Read(failure, trace);
                }
                reason = "it is no failure here";
            } catch (SerializationException | LinkageError | StackOverflowError unreadable) {
                reason = String.valueOf(unreadable.getMessage());
            }
        } else if (in.readValue() instanceof Throwable known) {
            cause = known;
        }
        return new Read(new RemoteFailure(type, message, reason, trace, cause), trace);
    }

    /** At the end of the chain of causes; where that is closed, as suppressed. */
    private static void attach(Throwable failure, RemoteTrace trace) {
        Throwable last = failure;
        List<Throwable> seen = new java.util.ArrayList<>();
        while (last.getCause() != null && !seen.contains(last)) {
            seen.add(last);
            last = last.getCause();
        }
        try {
            last.initCause(trace);
        } catch (IllegalStateException | IllegalArgumentException | UnsupportedOperationException closed) {
            failure.addSuppressed(trace);
        }
    }
}
