package io.procession.internal.pool;

import java.nio.ByteBuffer;
import java.time.Duration;

/** What a worker does before its first task and after its last, on its way to the worker: code that is encoded by itself, empty if there is none. */
public final class WorkerHooks {
    private final byte[] initializer;
    private final Duration initializerTimeout;
    private final byte[] finalizer;
    private final Duration finalizerTimeout;

    /**
     * @param initializer an encoded {@link java.util.concurrent.Callable}, whose result is the state of the worker
     * @param initializerTimeout how long it may take
     * @param finalizer an encoded {@link io.procession.task.Action}
     * @param finalizerTimeout how long it may take
     */
    public WorkerHooks(byte[] initializer, Duration initializerTimeout, byte[] finalizer, Duration finalizerTimeout) {
        this.initializer = initializer;
        this.initializerTimeout = initializerTimeout;
        this.finalizer = finalizer;
        this.finalizerTimeout = finalizerTimeout;
    }

    byte[] initializer() {
        return initializer;
    }

    byte[] finalizer() {
        return finalizer;
    }

    /** How long the initializer may take. */
    public Duration initializerTimeout() {
        return initializerTimeout;
    }

    /** How long the finalizer may take. */
    public Duration finalizerTimeout() {
        return finalizerTimeout;
    }

    /** How many bytes {@link #write} needs. */
    int sizeBytes() {
        return 2 * Integer.BYTES + 2 * Long.BYTES + initializer.length + finalizer.length;
    }

    void write(ByteBuffer out) {
        out.putLong(initializerTimeout.toMillis()).putInt(initializer.length).put(initializer);
        out.putLong(finalizerTimeout.toMillis()).putInt(finalizer.length).put(finalizer);
    }

    static WorkerHooks read(ByteBuffer in) {
        Duration initializerTimeout = Duration.ofMillis(in.getLong());
        byte[] initializer = bytes(in);
        Duration finalizerTimeout = Duration.ofMillis(in.getLong());
        return new WorkerHooks(initializer, initializerTimeout, bytes(in), finalizerTimeout);
    }

    private static byte[] bytes(ByteBuffer in) {
        byte[] bytes = new byte[in.getInt()];
        in.get(bytes);
        return bytes;
    }
}
