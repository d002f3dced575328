package io.procession.internal.queue;

import io.procession.internal.hosting.ObjectEndedException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/** Those who wait at a queue without a host and without a thread of their own: one thread waits for all of them, as long as there are any. Safe for all threads. */
final class Laters {
    private final SharedEngine engine;
    // Guarded by line.
    private final Set<Waiter> line = new LinkedHashSet<>();
    private @Nullable Thread thread;

    Laters(SharedEngine engine) {
        this.engine = engine;
    }

    /** One more, who gets what is there at once if nobody has come before him. */
    QueueEngine.Pending add(QueueEngine.Later later) {
        try {
            Delivery there = isAlone() ? engine.poll(1) : null;
            if (there != null) {
                give(later, there);
                return () -> false;
            }
        } catch (ObjectEndedException | RuntimeException failure) {
            later.failed(failure);
            return () -> false;
        } catch (InterruptedException interrupt) {
            Thread.currentThread().interrupt();
            later.failed(interrupt);
            return () -> false;
        }
        return join(new Waiter(later));
    }

    private boolean isAlone() {
        synchronized (line) {
            return line.isEmpty();
        }
    }

    private QueueEngine.Pending join(Waiter waiter) {
        synchronized (line) {
            line.add(waiter);
            if (thread == null) {
                thread = new Thread(null, this::serve, "procession-take-later", 0, false);
                thread.setDaemon(true);
                try {
                    thread.start();
                } catch (Throwable noThread) {
                    thread = null;
                    line.remove(waiter);
                    throw noThread;
                }
            }
        }
        return waiter;
    }

    private void serve() {
        while (isWanted()) {
            try {
                Delivery delivery = engine.take(null);
                if (delivery != null) {
                    hand(delivery);
                }
            } catch (InterruptedException nobodyWaits) {
                // Or somebody does again.
            } catch (Exception | Error failure) {
                fail(exception(failure));
            }
        }
    }

    /** Whether the thread shall go on. */
    private boolean isWanted() {
        synchronized (line) {
            if (line.isEmpty()) {
                thread = null;
            }
            return thread != null;
        }
    }

    private void hand(Delivery delivery) throws ObjectEndedException {
        Waiter first = null;
        synchronized (line) {
            Iterator<Waiter> waiters = line.iterator();
            if (waiters.hasNext()) {
                first = waiters.next();
                waiters.remove();
            }
        }
        if (first == null) {
            delivery.commit(0);
        } else {
            give(first.later, delivery);
        }
    }

    /** The item is his, or comes to somebody else and he is told why not. */
    private static void give(QueueEngine.Later later, Delivery delivery) {
        try {
            later.served(delivery);
        } catch (RuntimeException | Error unable) { // no thread for it, or no memory
            try {
                delivery.commit(0);
            } catch (ObjectEndedException exiting) {
                // It is given back all the same.
            }
            tell(later, exception(unable));
        }
    }

    private void fail(Exception why) {
        List<Waiter> all;
        synchronized (line) {
            all = new ArrayList<>(line);
            line.clear();
        }
        for (Waiter each : all) {
            tell(each.later, why);
        }
    }

    /** One who cannot be told does not keep the others from it, nor the thread from its work. */
    private static void tell(QueueEngine.Later later, Exception why) {
        try {
            later.failed(why);
        } catch (RuntimeException | Error unable) {
            LoggerFactory.getLogger(Laters.class)
                    .error("somebody who waits for an item cannot be told that it failed with {}", why, unable);
        }
    }

    private static Exception exception(Throwable failure) {
        return failure instanceof Exception exception ? exception : new IllegalStateException(failure);
    }

    private final class Waiter implements QueueEngine.Pending {
        private final QueueEngine.Later later;

        Waiter(QueueEngine.Later later) {
            this.later = later;
        }

        @Override
        public boolean cancel() {
            synchronized (line) {
                boolean waited = line.remove(this);
                if (line.isEmpty() && thread != null) {
                    thread.interrupt();
                }
                return waited;
            }
        }
    }
}
