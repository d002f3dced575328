package io.procession.benchmarks.subjects;

import java.util.concurrent.locks.LockSupport;

/** What workers do in the benchmarks of pools. */
final class PoolTasks {
    private PoolTasks() {}

    static int nothing(int number) {
        return number;
    }

    /** Keeps a core busy for ten microseconds. */
    static int tenMicroseconds(int number) {
        return spin(number, 10_000);
    }

    static int oneMillisecond(int number) {
        return spin(number, 1_000_000);
    }

    private static int spin(int number, long nanos) {
        long end = System.nanoTime() + nanos;
        while (System.nanoTime() < end) {
            Thread.onSpinWait();
        }
        return number;
    }

    static int sleepTenMilliseconds(int number) {
        long end = System.nanoTime() + 10_000_000;
        for (long left = 10_000_000; left > 0; left = end - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
        return number;
    }

    static int length(byte[] array) {
        return array.length;
    }

    static byte[] same(byte[] array) {
        return array;
    }
}
