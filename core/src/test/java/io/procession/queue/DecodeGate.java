package io.procession.queue;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** An item whose decoding waits for the test. */
record DecodeGate(String name) {
    private static volatile CountDownLatch held = new CountDownLatch(0);
    private static volatile CountDownLatch gate = new CountDownLatch(0);

    DecodeGate {
        if (gate.getCount() > 0 && held.getCount() > 0 && Thread.currentThread().isDaemon()) {
            held.countDown();
            try {
                if (!gate.await(60, TimeUnit.SECONDS)) {
                    throw new IllegalStateException("the gate stayed shut");
                }
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    static void hold() {
        held = new CountDownLatch(1);
        gate = new CountDownLatch(1);
    }

    static void awaitHeld() throws InterruptedException {
        if (!held.await(60, TimeUnit.SECONDS)) {
            throw new AssertionError("nobody decodes it");
        }
    }

    static void release() {
        gate.countDown();
    }
}
