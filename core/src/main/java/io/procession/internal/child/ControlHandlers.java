package io.procession.internal.child;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/** Who in this child acts on which message of its parent. Safe for all threads. */
public final class ControlHandlers {
    /** Acts on one kind of message. */
    public interface Handler {
        /**
         * Called on the control thread: must not block and runs no code of the user.
         *
         * @param payload the message, which the handler may keep
         */
        void on(ByteBuffer payload);
    }

    private record Early(byte kind, ByteBuffer payload) {}

    private static final @Nullable Handler[] HANDLERS = new Handler[Byte.MAX_VALUE + 1];
    private static final Queue<Early> EARLY = new ArrayDeque<>();

    private ControlHandlers() {}

    /**
     * Registers the handler of a kind. Messages of that kind which arrived before are handed over now, on this thread.
     *
     * @param kind from {@link ControlMessage#FIRST_FREE_KIND} to 127
     * @param handler replaces an earlier one
     */
    public static void on(byte kind, Handler handler) {
        synchronized (EARLY) {
            HANDLERS[kind] = handler;
            for (int left = EARLY.size(); left > 0; left--) {
                Early early = EARLY.remove();
                if (early.kind == kind) {
                    handler.on(early.payload);
                } else {
                    EARLY.add(early);
                }
            }
        }
    }

    static void dispatch(byte kind, ByteBuffer payload) {
        synchronized (EARLY) {
            Handler handler = kind < 0 ? null : HANDLERS[kind];
            if (handler != null) {
                handler.on(payload);
            } else {
                EARLY.add(new Early(kind, payload));
            }
        }
    }
}
