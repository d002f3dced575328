package io.procession.pool;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * An input that is read by a thread of its own, no further than it is allowed to. So whoever takes results never waits for it, and what has been read is sent
 * even if the next item takes for ever. The thread is a daemon, is interrupted when the map is closed, and ends with the input.
 */
final class BackgroundInput<T extends @Nullable Object> implements LazyInput<T> {
    private static final long AT_ONCE_NANOS = 1_000_000;

    private final Iterator<? extends T> input;
    private final Runnable whenThereAreSome;
    private final Runnable whenThereWereFew;
    private final Executor later = CompletableFuture.delayedExecutor(SLOW_NANOS, TimeUnit.NANOSECONDS, Runnable::run);
    private final Thread thread;

    /** Somebody will look whether there are still few. */
    private final AtomicBoolean looksLater = new AtomicBoolean();

    // Guarded by this.
    private final Queue<Optional<T>> items = new ArrayDeque<>();
    private long allowed;
    private long read;
    private int chunk = 1;
    private boolean ended;
    private boolean closed;
    private @Nullable Throwable failure;

    /**
     * @param whenThereAreSome called on the reading thread, when there is enough to be sent, or when some time has passed, or at the end
     * @param whenThereWereFew called on a timer thread, some time after there was not enough, since the reading thread may be kept waiting by then; must not block
     */
    BackgroundInput(Iterator<? extends T> input, Runnable whenThereAreSome, Runnable whenThereWereFew) {
        this.input = input;
        this.whenThereAreSome = whenThereAreSome;
        this.whenThereWereFew = whenThereWereFew;
        this.thread = new Thread(this::readAll, "procession-map-input");
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    private void readAll() {
        Throwable failed = null;
        try {
            long told = System.nanoTime();
            while (awaitRoom() && input.hasNext()) {
                int waiting = add(input.next());
                long now = System.nanoTime();
                if (waiting >= chunk() || now - told > AT_ONCE_NANOS) {
                    told = now;
                    whenThereAreSome.run();
                } else if (looksLater.compareAndSet(false, true)) {
                    later.execute(this::look);
                }
            }
        } catch (Throwable e) {
            failed = e;
        }
        synchronized (this) {
            ended = true;
            failure = failed;
        }
        whenThereAreSome.run();
    }

    private void look() {
        looksLater.set(false); // first, so that who adds one from now on has it looked at again
        whenThereWereFew.run();
    }

    private synchronized boolean awaitRoom() throws InterruptedException {
        while (read >= allowed && !closed) {
            wait();
        }
        return !closed;
    }

    private synchronized int add(T item) {
        items.add(Optional.ofNullable(item));
        read++;
        return items.size();
    }

    private synchronized int chunk() {
        return chunk;
    }

    @Override
    public synchronized void allow(long total, int size) {
        chunk = size;
        if (total > allowed) {
            allowed = total;
            notifyAll();
        }
    }

    @Override
    @SuppressWarnings("NullAway") // whether null is an item is for T to say
    public synchronized List<T> read(int least, int most) {
        List<T> taken = new ArrayList<>();
        if (items.size() >= least || ended) {
            while (taken.size() < most && !items.isEmpty()) {
                taken.add(items.remove().orElse(null));
            }
        }
        return taken;
    }

    @Override
    public synchronized boolean hasRead() {
        return !items.isEmpty();
    }

    @Override
    public synchronized boolean isExhausted() {
        return ended && items.isEmpty();
    }

    @Override
    public synchronized @Nullable Throwable takeFailure() {
        Throwable taken = isExhausted() ? failure : null;
        if (taken != null) {
            failure = null;
        }
        return taken;
    }

    @Override
    public boolean isSlow() {
        return false;
    }

    @Override
    public void close() {
        synchronized (this) {
            closed = true;
            notifyAll();
        }
        if (thread != Thread.currentThread()) {
            thread.interrupt();
        }
    }
}
