package io.procession.transport.shm;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Ordered access to single words of mapped memory. Which word is accessed how stands in {@code docs/memory-layout.md}. */
final class Words {
    private static final VarHandle LONG = MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.nativeOrder())
            .withInvokeExactBehavior();
    private static final VarHandle INT = MethodHandles.byteBufferViewVarHandle(int[].class, ByteOrder.nativeOrder())
            .withInvokeExactBehavior();

    private Words() {}

    static long getAcquire(ByteBuffer memory, int at) {
        return (long) LONG.getAcquire(memory, at);
    }

    static void setRelease(ByteBuffer memory, int at, long value) {
        LONG.setRelease(memory, at, value);
    }

    static int getIntAcquire(ByteBuffer memory, int at) {
        return (int) INT.getAcquire(memory, at);
    }

    static void setIntRelease(ByteBuffer memory, int at, int value) {
        INT.setRelease(memory, at, value);
    }

    static boolean compareAndSetInt(ByteBuffer memory, int at, int expected, int value) {
        return INT.compareAndSet(memory, at, expected, value);
    }
}
