package io.procession.pool;

import io.procession.internal.connection.Connection;
import io.procession.internal.connection.Connections;
import io.procession.internal.connection.Kind;
import io.procession.internal.connection.MessageHandler;
import io.procession.internal.pool.TaskMessages;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Finds the worker a message came from, for all pools of this process. Called on threads of the transports.
 *
 * <p>A worker tells the number it was given when it is ready; from then on its connection stands for it.
 */
final class WorkerLinks implements MessageHandler {
    private static final List<Kind> KINDS =
            List.of(Kind.WORKER_READY, Kind.UNFIT, Kind.RESULT, Kind.RESULTS, Kind.FAILURE, Kind.RETURNED, Kind.DUMP);
    private static final WorkerLinks INSTANCE = new WorkerLinks();

    private final AtomicLong keys = new AtomicLong();
    private final Map<Long, WorkerProcess> expected = new ConcurrentHashMap<>();
    private final Map<Connection, WorkerProcess> connected = new ConcurrentHashMap<>();
    private boolean registered;

    private WorkerLinks() {}

    /** The links of this process, ready to receive. */
    static WorkerLinks open() {
        INSTANCE.register();
        return INSTANCE;
    }

    private synchronized void register() {
        if (!registered) {
            Connections connections = Connections.current();
            KINDS.forEach(kind -> connections.handle(kind, this));
            registered = true;
        }
    }

    /** A number for a worker that is about to start. */
    long expect(WorkerProcess worker) {
        long key = keys.incrementAndGet();
        expected.put(key, worker);
        return key;
    }

    /** The worker has ended, or was never started. */
    void forget(long key, WorkerProcess worker) {
        expected.remove(key);
        connected.values().remove(worker);
    }

    @Override
    public void onMessage(Connection connection, Kind kind, long id, ByteBuffer payload) {
        if (kind == Kind.WORKER_READY) {
            WorkerProcess worker = expected.remove(id);
            if (worker != null) {
                connected.put(connection, worker);
                worker.connected(connection);
            }
            return;
        }
        if (kind == Kind.UNFIT) {
            WorkerProcess worker = expected.get(id);
            if (worker != null) {
                worker.unfit(new Answer.Thrown(payload, connection.shapes(), -1));
            }
            return;
        }
        WorkerProcess worker = connected.get(connection);
        if (worker == null) {
            return; // its pool has given it up
        }
        switch (kind) {
            case RESULT -> {
                long nanos = payload.getLong();
                worker.answered(new WorkerAnswer(id, new Answer.Value(payload, connection.shapes()), nanos, false));
            }
            case RESULTS -> worker.answered(payload);
            case FAILURE -> {
                long nanos = payload.getLong();
                int item = payload.getInt();
                boolean spent = payload.get() != 0;
                worker.answered(
                        new WorkerAnswer(id, new Answer.Thrown(payload, connection.shapes(), item), nanos, spent));
            }
            case DUMP -> worker.dumped(id, TaskMessages.text(payload));
            case RETURNED -> {
                if (id == 0) {
                    worker.returned(TaskMessages.returnedIds(payload));
                } else {
                    worker.notBegun(id);
                }
            }
            default -> throw new IllegalStateException("not a message for a pool: " + kind);
        }
    }

    @Override
    public void onClosed(Connection connection, @Nullable Throwable cause) {
        WorkerProcess worker = connected.remove(connection);
        if (worker != null) {
            worker.disconnected();
        }
    }
}
