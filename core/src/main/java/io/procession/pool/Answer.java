package io.procession.pool;

import io.procession.internal.codec.Codec;
import io.procession.internal.codec.ShapeTable;
import io.procession.internal.connection.MessageMemory;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** How a task ended: a value or a failure, still encoded if it came from a worker, because decoding may run code of the user. */
sealed interface Answer {
    /** An encoded result, to be decoded once. */
    record Value(ByteBuffer bytes, ShapeTable shapes) implements Answer {
        @Nullable
        Object decode() {
            Object value = Codec.standard().decode(bytes, shapes);
            MessageMemory.giveBack(bytes);
            return value;
        }
    }

    /** An encoded exception of the task, thrown at an item of its chunk (or -1). */
    record Thrown(ByteBuffer bytes, ShapeTable shapes, int item) implements Answer {
        Throwable decode() {
            return Codec.standard().decodeFailure(bytes, shapes);
        }
    }

    /** A result that never left this process. */
    record Given(@Nullable Object value) implements Answer {}

    /** A failure that arose in this process: the worker died, at an item of its chunk (or -1), or the pool was closed. */
    record Lost(Throwable cause, int item) implements Answer {
        Lost(Throwable cause) {
            this(cause, -1);
        }
    }
}
