package io.procession.testing;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.BooleanSupplier;

/**
 * Waits for what nobody announces, by looking often. For tests; where there is something to wait on, wait on it. May be used by any
 * thread; an interrupt ends the wait.
 */
public final class Eventually {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final long POLL_MILLIS = 5;

    private Eventually() {}

    /**
     * Waits until a condition holds, for half a minute at most.
     *
     * @param what the condition in words
     * @param condition asked again and again on this thread
     * @throws InterruptedException if the calling thread was interrupted
     * @throws AssertionError if it does not hold in time
     */
    public static void holds(String what, BooleanSupplier condition) throws InterruptedException {
        isEmpty(what, PATIENCE, () -> condition.getAsBoolean() ? List.of() : List.of("it does not"));
    }

    /**
     * Waits until nothing is left of something.
     *
     * @param what what shall be gone, in words
     * @param atMost how long that may take
     * @param rest says what is left, again and again on this thread
     * @throws InterruptedException if the calling thread was interrupted
     * @throws AssertionError if something is left in the end; names each thing
     */
    public static void isEmpty(String what, Duration atMost, Callable<? extends Collection<?>> rest)
            throws InterruptedException {
        long until = System.nanoTime() + atMost.toNanos();
        Collection<?> left = look(what, rest);
        while (!left.isEmpty()) {
            if (System.nanoTime() > until) {
                StringBuilder text = new StringBuilder(what + ", after " + atMost.toSeconds() + " s:");
                left.forEach(each -> text.append("\n    ").append(each));
                throw new AssertionError(text.toString());
            }
            Thread.sleep(POLL_MILLIS);
            left = look(what, rest);
        }
    }

    private static Collection<?> look(String what, Callable<? extends Collection<?>> rest) throws InterruptedException {
        try {
            return rest.call();
        } catch (RuntimeException | InterruptedException e) {
            throw e;
        } catch (Exception e) {
            throw new AssertionError(what + ": could not be told", e);
        }
    }
}
