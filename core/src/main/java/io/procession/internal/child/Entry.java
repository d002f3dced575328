package io.procession.internal.child;

import java.nio.ByteBuffer;
import java.util.List;

/**
 * What a child runs.
 *
 * @param kind which of the three
 * @param className the class with the {@code main} method or the {@link ChildEntry}; empty for an action
 * @param arguments those of {@code main}
 * @param payload the encoded action, or what the entry gets; read once, when the bootstrap file is written
 */
public record Entry(Kind kind, String className, List<String> arguments, List<ByteBuffer> payload) {
    /** The things a child can run. */
    public enum Kind {
        /** An encoded {@link io.procession.task.Action}. */
        ACTION,
        /** A {@code static void main(String[])}. */
        MAIN,
        /** A {@link ChildEntry}. */
        INTERNAL
    }

    /** An action in its self-contained encoding. */
    public static Entry action(List<ByteBuffer> encoded) {
        return new Entry(Kind.ACTION, "", List.of(), encoded);
    }

    /** A main method. */
    public static Entry main(String className, List<String> arguments) {
        return new Entry(Kind.MAIN, className, List.copyOf(arguments), List.of());
    }

    /** A loop of this library's own. */
    public static Entry internal(Class<? extends ChildEntry> entry, List<ByteBuffer> payload) {
        return new Entry(Kind.INTERNAL, entry.getName(), List.of(), payload);
    }
}
