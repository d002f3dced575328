package io.procession.internal.pool;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The bytes around the encoded values of task messages. All numbers are big-endian; {@code docs/wire-protocol.md} draws them.
 *
 * <pre>
 *   TASK      operation (1), [function id (8) if MAP], encoded task or list
 *   RESULT    working time in ns (8), encoded result
 *   FAILURE   working time in ns (8), index of the failing item or -1 (4), 1 if the worker is unfit for more (1), encoded failure
 *   DUMP      stacks of threads, UTF-8
 *   RETURNED  ids of tasks (8 each), the last received first
 * </pre>
 */
public final class TaskMessages {
    private TaskMessages() {}

    /** What stands before the encoded part of a TASK. */
    public static ByteBuffer head(TaskOperation operation, long functionId) {
        if (operation != TaskOperation.MAP) {
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
