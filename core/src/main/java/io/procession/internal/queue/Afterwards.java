package io.procession.internal.queue;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What is decided under a lock and sent after it is released: in the order in which it was decided, by one thread at a time. So nothing of the layers below runs under the lock,
 * and yet two messages never change places.
 */
final class Afterwards {
    private final ReentrantLock lock;
    private final Deque<Runnable> actions = new ArrayDeque<>(); // guarded by lock, as is running
    private boolean running;

    Afterwards(ReentrantLock lock) {
        this.lock = lock;
    }

    /** To be called with the lock held; {@link #run()} must follow after it is released. */
    void add(Runnable action) {
        actions.add(action);
    }

    /** Whether nothing is to be done, or somebody is at it already. With the lock held. */
    boolean isEmpty() {
        return actions.isEmpty() || running;
    }

    /** To be called without the lock. Whoever finds another thread at it may go: that one does the rest. */
    void run() {
        lock.lock();
        try {
            if (running) {
                return;
            }
            running = true;
            try {
                for (Runnable action = actions.poll(); action != null; action = actions.poll()) {
                    lock.unlock();
                    try {
                        action.run();
                    } finally {
                        lock.lock();
                    }
                }
            } finally {
                running = false;
            }
        } finally {
            lock.unlock();
        }
    }
}
