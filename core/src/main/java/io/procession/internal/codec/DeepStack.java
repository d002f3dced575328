package io.procession.internal.codec;

import io.procession.codec.SerializationException;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * A second attempt with a large stack, for values nested deeper than the stack of the calling thread allows. Waits without being
 * interruptible, as encoding itself is; an interrupt stays noted.
 */
final class DeepStack {
    /** Reserved as addresses, taken as memory only as deep as it is used. */
    private static final long STACK_BYTES = 64L << 20;

    private DeepStack() {}

    static <T extends @Nullable Object> T call(Callable<T> work, String tooDeep) {
        Attempt<T> attempt = new Attempt<>(work);
        Thread thread = new Thread(null, attempt, Thread.currentThread().getName() + " (deep value)", STACK_BYTES);
        thread.setDaemon(true);
        thread.setContextClassLoader(Thread.currentThread().getContextClassLoader());
        thread.start();
        join(thread);
        return attempt.result(tooDeep);
    }

    private static void join(Thread thread) {
        boolean interrupted = false;
        while (true) {
            try {
                thread.join();
                break;
            } catch (InterruptedException later) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** SYNC: written by the thread, read after its join. */
    private static final class Attempt<T extends @Nullable Object> implements Runnable {
        private final Callable<T> work;
        private @Nullable T result;
        private @Nullable Throwable failure;

        private Attempt(Callable<T> work) {
            this.work = work;
        }

        @Override
        public void run() {
            try {
                result = work.call();
            } catch (Throwable failed) {
                failure = failed;
            }
        }

        @SuppressWarnings("NullAway") // the result is what the work gave, null if that may be
        private T result(String tooDeep) {
            if (failure instanceof StackOverflowError) {
                throw new SerializationException("", tooDeep, null);
            } else if (failure instanceof RuntimeException unchecked) {
                throw unchecked;
            } else if (failure instanceof Error error) {
                throw error;
            } else if (failure != null) {
                throw new IllegalStateException("neither work throws checked exceptions", failure);
            }
            return result;
        }
    }
}
