package io.procession.pool;

import io.procession.internal.child.Child;
import io.procession.internal.child.Exit;
import io.procession.internal.codec.EncodeTarget;
import io.procession.internal.codec.Shape;
import io.procession.internal.codec.ShapeTable;
import io.procession.internal.connection.Connection;
import io.procession.internal.connection.Kind;
import io.procession.internal.family.StatusPageReader;
import io.procession.internal.pool.TaskMessages;
import io.procession.internal.pool.WorkerEntry;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A worker's child process and the connection with it.
 *
 * <p>The scheduler is told about it in three steps that may come early: that it is ready, what it answers, and that it has ended. They are
 * held back until the scheduler knows the worker.
 */
final class WorkerProcess implements WorkerPort {
    /** How long a worker may live that has lost its connection; it may have shutdown hooks of its own. */
    private static final Duration FAREWELL = Duration.ofSeconds(10);

    private final CompletableFuture<Scheduler> introduced = new CompletableFuture<>();
    private @Nullable Worker worker;
    private @Nullable Child child;
    private volatile @Nullable Connection connection;

    /** What its initializer failed with. */
    private volatile Answer.@Nullable Thrown unfit;

    /** Its process runs; nothing is told to the scheduler yet. */
    void started(Worker asWorker, Child asChild) {
        worker = asWorker;
        child = asChild;
    }

    void introduce(Scheduler scheduler) {
        introduced.complete(scheduler);
    }

    @SuppressWarnings("FutureReturnValueIgnored") // the scheduler is told, now or when it knows the worker
    void connected(Connection link) {
        connection = link;
        introduced.thenAccept(scheduler -> scheduler.ready(worker()));
    }

    /** Its initializer has failed, and it is about to end. */
    void unfit(Answer.Thrown failure) {
        unfit = failure;
    }

    void answered(WorkerAnswer answer) {
        introduced.join().answered(worker(), List.of(answer));
    }

    /** Several results at once, as they were sent, or as they were found in the page of a worker that could not send them any more. */
    void answered(ByteBuffer results) {
        ShapeTable shapes = connection().shapes();
        List<WorkerAnswer> answers = new ArrayList<>();
        for (TaskMessages.Part part : TaskMessages.parts(results)) {
            long nanos = part.payload().getLong();
            answers.add(new WorkerAnswer(part.id(), new Answer.Value(part.payload(), shapes), nanos, false));
        }
        introduced.join().answered(worker(), answers);
    }

    void dumped(long taskId, String dump) {
        introduced.join().dumped(worker(), taskId, dump);
    }

    void returned(List<Long> taskIds) {
        introduced.join().returned(worker(), taskIds);
    }

    void notBegun(long taskId) {
        introduced.join().notBegun(worker(), taskId);
    }

    /** A worker without its connection cannot be told to end. */
    void disconnected() {
        Chores.BACKGROUND.later(FAREWELL, this::kill);
        lost();
    }

    /** It will answer no more. Told at once, and before {@link #ended}, which comes when everything it has left was looked through. */
    @SuppressWarnings("FutureReturnValueIgnored") // as in connected()
    void lost() {
        introduced.thenAccept(scheduler -> scheduler.lost(worker()));
    }

    @SuppressWarnings("FutureReturnValueIgnored") // as in connected()
    void ended(Exit exit) {
        worker().initializerFailure = initializerFailure();
        introduced.thenAccept(scheduler -> {
            try {
                answerHeld();
            } finally { // whatever came of it: who waits for the other tasks of this worker must be told
                scheduler.gone(worker(), WorkerEnd.of(child(), exit));
            }
        });
    }

    /** What it had finished and not sent when it died. */
    private void answerHeld() {
        try {
            ByteBuffer held = child().status().held();
            if (connection != null && held.hasRemaining()) {
                answered(held);
            }
        } catch (UncheckedIOException | IllegalStateException unreadable) {
            // Without evidence they count as not finished.
        }
    }

    private @Nullable Throwable initializerFailure() {
        Answer.Thrown failure = unfit;
        try {
            return failure == null ? null : failure.decode();
        } catch (RuntimeException | Error undecodable) {
            return undecodable; // the end of the worker must be told in any case
        }
    }

    @Override
    public EncodeTarget target() {
        return connection().target();
    }

    @Override
    public void send(PoolTask task, boolean withFunction) {
        MappedFunction function = task.function;
        if (withFunction && function != null) {
            connection().send(Kind.FUNCTION, function.id(), ByteBuffer.allocate(0), function.encoded());
        }
        connection().send(Kind.TASK, task.id, head(task), task.argument);
    }

    @Override
    public void send(List<PoolTask> tasks) {
        int size = 0;
        List<Shape> shapes = new ArrayList<>(0);
        for (PoolTask task : tasks) {
            size += TaskMessages.PART_HEAD_BYTES + TaskMessages.MAX_HEAD_BYTES + (int) task.argument.sizeBytes();
            shapes.addAll(task.argument.shapes());
        }
        ByteBuffer payload = ByteBuffer.allocate(size);
        for (PoolTask task : tasks) {
            TaskMessages.putPart(payload, task.id, head(task), task.argument);
        }
        connection().send(Kind.TASKS, 0, payload.flip(), shapes);
    }

    private static ByteBuffer head(PoolTask task) {
        MappedFunction function = task.function;
        return TaskMessages.head(task.operation, function == null ? 0 : function.id());
    }

    @Override
    public boolean receiveHere(BooleanSupplier arrived) {
        return connection().receiveHere(arrived);
    }

    @Override
    public void waited(long nanos) {
        connection().waited(nanos);
    }

    @Override
    public void recall(int count) {
        connection().send(Kind.RECALL, count);
    }

    @Override
    public void forget(long functionId) {
        connection().send(Kind.FORGET, functionId);
    }

    @Override
    public void withdraw(long taskId) {
        connection().send(Kind.WITHDRAW, taskId);
    }

    @Override
    public void retire() {
        connection().send(Kind.RETIRE, 0);
    }

    @Override
    public void interrupt(long taskId, boolean withDump) {
        child().control(
                        withDump ? WorkerEntry.CONTROL_EXPIRE : WorkerEntry.CONTROL_CANCEL,
                        ByteBuffer.allocate(Long.BYTES).putLong(taskId).flip());
    }

    @Override
    public boolean hearsInterrupts() {
        return child().isControlled();
    }

    @Override
    public void kill() {
        child().kill(false);
    }

    @Override
    public long pid() {
        return child().pid();
    }

    @Override
    public Progress progress() {
        try {
            StatusPageReader.Running running = child().status().running();
            return new Progress(running.task(), running.item(), running.now());
        } catch (UncheckedIOException | IllegalStateException unreadable) {
            return Progress.NONE;
        }
    }

    @Override
    public long cpuNanos() {
        return ProcessState.cpuNanos(child().pid());
    }

    @Override
    public boolean isStopped() {
        return ProcessState.isStopped(child().pid());
    }

    @Override
    public long residentBytes() {
        return ProcessMemory.residentBytes(child().pid());
    }

    /** What it told when it was asked last; it is asked anew. */
    @Override
    public long heapBytes() {
        try {
            child().control(WorkerEntry.CONTROL_HEAP, ByteBuffer.allocate(0));
            return child().status().heapInUse();
        } catch (UncheckedIOException | IllegalStateException unreadable) {
            return 0;
        }
    }

    private Worker worker() {
        return java.util.Objects.requireNonNull(worker);
    }

    private Child child() {
        return java.util.Objects.requireNonNull(child);
    }

    private Connection connection() {
        return java.util.Objects.requireNonNull(connection);
    }
}
