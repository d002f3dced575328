package io.procession.internal.pool;

import io.procession.internal.codec.Encoded;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The bytes around the encoded values of task messages. All numbers are big-endian; {@code docs/wire-protocol.md} draws them.
 *
 * <pre>
 *   TASK      operation (1), [function id (8) if MAP or MAP_EACH], encoded task or list
 *   RESULT    working time in ns (8), [failures if MAP_EACH], encoded result
 *             failures: how many (4), for each: index of its item (4), length (4), encoded failure
 *   FAILURE   working time in ns (8), index of the failing item or -1 (4), 1 if the worker is unfit for more (1), encoded failure
 *   TASKS     for each of several: id of the task (8), length (4), what its TASK would contain
 *   RESULTS   for each of several: id of the task (8), length (4), what its RESULT would contain
 *   DUMP      stacks of threads, UTF-8
 *   RETURNED  ids of tasks (8 each), the last received first; the id of the message is 0 in replies, else that of the task
 * </pre>
 */
public final class TaskMessages {
    /** What {@link #head} has at most. */
    public static final int MAX_HEAD_BYTES = 1 + Long.BYTES;

    /** What stands before each of several. */
    public static final int PART_HEAD_BYTES = Long.BYTES + Integer.BYTES;

    private TaskMessages() {}

    /**
     * One of several in a message.
     *
     * @param id the task's
     * @param payload what a message of its own would contain
     */
    public record Part(long id, ByteBuffer payload) {}

    /** Appends one of several. */
    public static void putPart(ByteBuffer into, long id, ByteBuffer head, Encoded value) {
        into.putLong(id).putInt(head.remaining() + (int) value.sizeBytes()).put(head.duplicate());
        value.parts().forEach(into::put);
    }

    /** Those of a TASKS or RESULTS message, in order; they share its memory. */
    public static List<Part> parts(ByteBuffer payload) {
        List<Part> parts = new ArrayList<>();
        while (payload.hasRemaining()) {
            long id = payload.getLong();
            int length = payload.getInt();
            parts.add(new Part(id, payload.slice(payload.position(), length)));
            payload.position(payload.position() + length);
        }
        return parts;
    }

    /** What stands before the encoded part of a TASK. */
    public static ByteBuffer head(TaskOperation operation, long functionId) {
        if (!operation.isChunk()) {
            return ByteBuffer.wrap(new byte[] {operation.code()});
        }
        return ByteBuffer.allocate(1 + Long.BYTES)
                .put(operation.code())
                .putLong(functionId)
                .flip();
    }

    static ByteBuffer resultHead(long workNanos) {
        return ByteBuffer.allocate(Long.BYTES).putLong(workNanos).flip();
    }

    static ByteBuffer resultHead(long workNanos, Map<Integer, Encoded> failures) {
        long size = Long.BYTES + Integer.BYTES;
        for (Encoded failure : failures.values()) {
            size += 2 * Integer.BYTES + failure.sizeBytes();
        }
        ByteBuffer head =
                ByteBuffer.allocate(Math.toIntExact(size)).putLong(workNanos).putInt(failures.size());
        failures.forEach((item, failure) -> {
            head.putInt(item).putInt((int) failure.sizeBytes());
            failure.parts().forEach(head::put);
        });
        return head.flip();
    }

    /** The failures in the answer to MAP_EACH, by the index of the item, still encoded; what follows is the list of results. */
    public static Map<Integer, ByteBuffer> failures(ByteBuffer answer) {
        Map<Integer, ByteBuffer> failures = new HashMap<>();
        for (int left = answer.getInt(); left > 0; left--) {
            int item = answer.getInt();
            int length = answer.getInt();
            failures.put(item, answer.slice(answer.position(), length));
            answer.position(answer.position() + length);
        }
        return failures;
    }

    static ByteBuffer failureHead(long workNanos, int item, boolean spent) {
        return ByteBuffer.allocate(Long.BYTES + Integer.BYTES + 1)
                .putLong(workNanos)
                .putInt(item)
                .put((byte) (spent ? 1 : 0))
                .flip();
    }

    /** The text of a DUMP message. */
    public static String text(ByteBuffer payload) {
        return StandardCharsets.UTF_8.decode(payload).toString();
    }

    static ByteBuffer returned(List<Long> taskIds) {
        ByteBuffer bytes = ByteBuffer.allocate(taskIds.size() * Long.BYTES);
        taskIds.forEach(bytes::putLong);
        return bytes.flip();
    }

    /** The ids of a RETURNED message. */
    public static List<Long> returnedIds(ByteBuffer payload) {
        List<Long> ids = new ArrayList<>(payload.remaining() / Long.BYTES);
        while (payload.remaining() >= Long.BYTES) {
            ids.add(payload.getLong());
        }
        return ids;
    }
}
