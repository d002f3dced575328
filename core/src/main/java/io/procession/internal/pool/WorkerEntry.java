package io.procession.internal.pool;

import io.procession.internal.child.ChildEntry;
import io.procession.internal.child.ControlHandlers;
import io.procession.internal.connection.Connection;
import io.procession.internal.connection.Connections;
import io.procession.internal.connection.Kind;
import io.procession.internal.connection.MessageHandler;
import io.procession.internal.family.Family;
import io.procession.transport.TransportAddress;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** What a worker's process runs: connects to its pool, says that it is ready, and runs tasks until the pool tells it to end or is gone. */
public final class WorkerEntry implements ChildEntry {
    /** The control message that interrupts a running task: its id (8 bytes). It never waits behind a large frame. */
    public static final byte CONTROL_CANCEL = 16;

    /** The control message for a task at its deadline: its id (8 bytes). The worker tells its stacks (DUMP) and interrupts the task. */
    public static final byte CONTROL_EXPIRE = 17;

    /** The control message that asks for the heap in use after the last garbage collection, in the status page. */
    public static final byte CONTROL_HEAP = 18;

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(30);

    /** How long a pool that has gone away may take to end this process. */
    private static final Duration FAREWELL = Duration.ofSeconds(3);

    /** Instantiated by name. */
    public WorkerEntry() {}

    /** The payload for a worker: where its pool listens, the number by which the pool knows it, and what it does first and last. */
    public static byte[] payload(TransportAddress pool, long workerKey, WorkerHooks hooks) {
        byte[] transport = pool.transport().getBytes(StandardCharsets.UTF_8);
        byte[] value = pool.value().getBytes(StandardCharsets.UTF_8);
        int size = Long.BYTES + 2 * Short.BYTES + transport.length + value.length + hooks.sizeBytes();
        ByteBuffer payload = ByteBuffer.allocate(size)
                .putLong(workerKey)
                .putShort((short) transport.length)
                .put(transport)
                .putShort((short) value.length)
                .put(value);
        hooks.write(payload);
        return payload.array();
    }

    @Override
    public void run(ByteBuffer payload) throws IOException, InterruptedException, TimeoutException {
        long key = payload.getLong();
        TransportAddress address = new TransportAddress(text(payload), text(payload));
        WorkerHooks hooks = WorkerHooks.read(payload);
        TaskInbox inbox = new TaskInbox();
        Connections connections = Connections.current();
        Incoming incoming = new Incoming(inbox);
        for (Kind kind : Incoming.KINDS) {
            connections.handle(kind, incoming);
        }
        Connection pool = connect(connections, address);
        incoming.serve(pool);
        TaskRunner runner = new TaskRunner(
                pool, inbox, Family.current().status(), Family.current().self().name());
        incoming.runner = runner;
        for (byte kind : Demands.KINDS) {
            ControlHandlers.on(kind, new Demands(kind, pool, runner));
        }
        if (hooks.initializer().length > 0) {
            new Initialization(pool, key).run(hooks);
        }
        pool.send(Kind.WORKER_READY, key);
        runner.run();
        if (incoming.retired && hooks.finalizer().length > 0) {
            Finalization.run(hooks);
        }
        // Not by returning: a thread that a task left behind must not keep a retired worker alive.
        System.exit(0);
    }

    /** What is refused because the pool or its program is just ending needs no trace: this process is about to be ended too. */
    private static Connection connect(Connections connections, TransportAddress pool)
            throws IOException, InterruptedException, TimeoutException {
        try {
            return connections.connect(pool, CONNECT_TIMEOUT);
        } catch (IOException refused) {
            Thread.sleep(FAREWELL.toMillis());
            throw refused;
        }
    }

    private static String text(ByteBuffer payload) {
        byte[] bytes = new byte[payload.getShort()];
        payload.get(bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /** What the pool asks of a worker past all that waits on the link. Not three lambdas: the first of a JVM costs more than the connection. */
    private static final class Demands implements ControlHandlers.Handler {
        static final byte[] KINDS = {CONTROL_CANCEL, CONTROL_EXPIRE, CONTROL_HEAP};

        private final byte kind;
        private final Connection pool;
        private final TaskRunner runner;

        Demands(byte kind, Connection pool, TaskRunner runner) {
            this.kind = kind;
            this.pool = pool;
            this.runner = runner;
        }

        @Override
        public void on(ByteBuffer payload) {
            if (kind == CONTROL_CANCEL) {
                runner.interrupt(payload.getLong());
            } else if (kind == CONTROL_EXPIRE) {
                DeadlineDump.begin(pool, runner, payload.getLong());
            } else {
                HeapGauge.read(Family.current().status());
            }
        }
    }

    /** What the pool sends, on the link's thread. */
    private static final class Incoming implements MessageHandler {
        static final List<Kind> KINDS =
                List.of(Kind.TASK, Kind.TASKS, Kind.FUNCTION, Kind.FORGET, Kind.RECALL, Kind.WITHDRAW, Kind.RETIRE);

        private final TaskInbox inbox;
        private volatile @Nullable Connection pool;
        private volatile @Nullable TaskRunner runner;

        /** The pool has told this worker to end, rather than having ended itself. */
        private volatile boolean retired;

        Incoming(TaskInbox inbox) {
            this.inbox = inbox;
        }

        void serve(Connection connection) {
            pool = connection;
            if (connection.isEnded()) {
                inbox.abandon(); // it ended before onClosed could know that it was the pool's
            }
        }

        @Override
        public void onMessage(Connection connection, Kind kind, long id, ByteBuffer payload) {
            switch (kind) {
                case TASK -> inbox.add(id, payload);
                case TASKS -> inbox.addAll(TaskMessages.parts(payload));
                case FUNCTION -> inbox.addFunction(id, payload);
                case FORGET -> inbox.forgetFunction(id);
                case RECALL -> giveBack(connection, inbox.recall((int) id));
                case WITHDRAW -> withdraw(connection, id);
                case RETIRE -> {
                    retired = true;
                    inbox.close();
                }
                default -> throw new IllegalStateException("not a message for a worker: " + kind);
            }
        }

        private void withdraw(Connection connection, long id) {
            boolean removed = inbox.remove(id);
            TaskRunner running = runner;
            if (!removed && running != null) {
                running.abandon(id);
            }
            giveBack(connection, removed ? List.of(id) : List.of());
        }

        private static void giveBack(Connection connection, List<Long> ids) {
            connection.send(Kind.RETURNED, 0, TaskMessages.returned(ids));
        }

        @Override
        public void onClosed(Connection connection, @Nullable Throwable cause) {
            if (connection == pool) {
                inbox.abandon();
            }
        }
    }
}
