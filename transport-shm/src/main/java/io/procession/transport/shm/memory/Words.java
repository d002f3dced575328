package io.procession.transport.shm.memory;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Ordered access to single words of mapped memory. Which word is accessed how stands in {@code docs/memory-layout.md}. */
public final class Words {
    private static final VarHandle LONG = MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.nativeOrder())
            .withInvokeExactBehavior();
    private static final VarHandle INT = MethodHandles.byteBufferViewVarHandle(int[].class, ByteOrder.nativeOrder())
            .withInvokeExactBehavior();

    private Words() {}

    /** Reads: what was written before the value is seen as well. */
    public static long getAcquire(ByteBuffer memory, int at) {
        return (long) LONG.getAcquire(memory, at);
    }

    /** Writes, after all that was written before. */
    public static void setRelease(ByteBuffer memory, int at, long value) {
        LONG.setRelease(memory, at, value);
    }

    /** As {@link #getAcquire}, of 4 bytes. */
    public static int getIntAcquire(ByteBuffer memory, int at) {
        return (int) INT.getAcquire(memory, at);
    }

    /** As {@link #setRelease}, of 4 bytes. */
    public static void setIntRelease(ByteBuffer memory, int at, int value) {
        INT.setRelease(memory, at, value);
    }

    /** Reads, in one order for all with whatever else is volatile. */
    public static long getVolatile(ByteBuffer memory, int at) {
        return (long) LONG.getVolatile(memory, at);
    }

    /** Changes 8 bytes if they have a value, in one order for all with whatever else is volatile. */
    public static boolean compareAndSet(ByteBuffer memory, int at, long expected, long value) {
        return LONG.compareAndSet(memory, at, expected, value);
    }

    /** As {@link #compareAndSet}, of 4 bytes. */
    public static boolean compareAndSetInt(ByteBuffer memory, int at, int expected, int value) {
        return INT.compareAndSet(memory, at, expected, value);
    }
}
