package io.procession.internal.child;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Copies what a child says to a stream of this process. What it says before its JVM has started is held back for a moment, since a JVM that refuses its flags says why and ends at once, and a pool
 * tries several: what each of them says in the same words is told once.
 */
final class FirstWords {
    private static final int HELD_BYTES = 8 << 10;
    private static final long HELD_NANOS = 1_000_000_000;

    /** Who says the same later than that is heard again. */
    private static final long REPEATED_NANOS = 10_000_000_000L;

    private static byte @Nullable [] lastRefusal; // guarded by the class
    private static long refusedAt; // guarded by the class

    private final PrintStream target;
    private final BooleanSupplier started;
    private final ByteArrayOutputStream held = new ByteArrayOutputStream();
    private boolean passesThrough;

    /**
     * For one child.
     *
     * @param started whether its JVM came so far as to run code of this library
     */
    FirstWords(PrintStream target, BooleanSupplier started) {
        this.target = target;
        this.started = started;
    }

    /** It has said something. */
    synchronized void say(byte[] bytes, int count) {
        if (!passesThrough && held.size() == 0) {
            CompletableFuture.delayedExecutor(HELD_NANOS, TimeUnit.NANOSECONDS).execute(this::letThrough);
        }
        if (passesThrough) {
            target.write(bytes, 0, count);
            target.flush();
        } else {
            held.write(bytes, 0, count);
            if (held.size() > HELD_BYTES || started.getAsBoolean()) {
                letThrough();
            }
        }
    }

    /** It says no more. */
    synchronized void end() {
        if (!passesThrough && !started.getAsBoolean() && isRepeated(held.toByteArray())) {
            held.reset();
        }
        letThrough();
    }

    private synchronized void letThrough() {
        passesThrough = true;
        target.write(held.toByteArray(), 0, held.size());
        target.flush();
        held.reset();
    }

    private static boolean isRepeated(byte[] refusal) {
        synchronized (FirstWords.class) {
            long now = System.nanoTime();
            boolean repeated = Arrays.equals(refusal, lastRefusal) && now - refusedAt < REPEATED_NANOS;
            lastRefusal = refusal;
            refusedAt = now;
            return repeated;
        }
    }
}
