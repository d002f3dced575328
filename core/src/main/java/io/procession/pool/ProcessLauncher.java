package io.procession.pool;

import io.procession.internal.child.Child;
import io.procession.internal.child.Entry;
import io.procession.internal.child.JvmOptions;
import io.procession.internal.child.LaunchSpec;
import io.procession.internal.child.Launcher;
import io.procession.internal.connection.Listening;
import io.procession.internal.pool.WorkerEntry;
import io.procession.internal.pool.WorkerHooks;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;

/** Starts workers as child processes that connect to this one. */
final class ProcessLauncher implements WorkerLauncher {
    private final Listening listening;
    private final JvmOptions options;
    private final WorkerHooks hooks;
    private final long memoryBytes;
    private final ProgramHold hold = new ProgramHold();
    private final WorkerLinks links = WorkerLinks.open();

    /**
     * @param listening lets this process be reached; closed with this
     * @param settings tell how the workers' JVMs are started
     */
    ProcessLauncher(Listening listening, PoolSettings settings) {
        this.listening = listening;
        this.options = settings.workerOptions.jvmOptions();
        this.hooks = settings.hooks;
        this.memoryBytes = MachineMemory.bytes();
        Chores.BACKGROUND.later(Duration.ofSeconds(1), OomKills::watch); // not on the way to the first worker
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // the end of the worker reaches the scheduler
    public Worker launch(String name, int workers) {
        WorkerProcess process = new WorkerProcess();
        Worker worker = new Worker(name, process);
        long key = links.expect(process);
        boolean started = false;
        try {
            ByteBuffer payload = ByteBuffer.wrap(WorkerEntry.payload(listening.address(), key, hooks));
            JvmOptions fitting = WorkerHeap.fit(
                    options, workers, memoryBytes, Runtime.getRuntime().availableProcessors());
            Child child = Launcher.launch(
                    LaunchSpec.worker(name, Entry.internal(WorkerEntry.class, List.of(payload)), fitting));
            process.started(worker, child);
            started = true;
            child.reaped().thenRun(process::lost);
            child.exited()
                    .thenAcceptAsync(
                            exit -> {
                                links.forget(key, process);
                                process.ended(exit);
                            },
                            Chores.EXECUTOR);
            return worker;
        } catch (IOException e) {
            throw new UncheckedIOException("worker " + name + " cannot be started: " + e.getMessage(), e);
        } finally {
            if (!started) {
                links.forget(key, process);
            }
        }
    }

    @Override
    public void introduce(Worker worker, Scheduler scheduler) {
        ((WorkerProcess) worker.port).introduce(scheduler);
    }

    @Override
    public void busy() {
        hold.busy();
    }

    @Override
    public void idle() {
        hold.idle();
    }

    @Override
    public void close() {
        listening.close();
        hold.close();
    }
}
