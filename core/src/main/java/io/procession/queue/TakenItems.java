package io.procession.queue;

import java.util.Spliterator;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Takes an item whenever the stream over it wants one. */
final class TakenItems<T extends @Nullable Object> implements Spliterator<T> {
    private final Queue<T> queue;

    TakenItems(Queue<T> queue) {
        this.queue = queue;
    }

    @Override
    public boolean tryAdvance(Consumer<? super T> action) {
        T item;
        try {
            item = queue.take();
        } catch (QueueClosedException closed) {
            if (closed.reason() == QueueClosedException.Reason.SHUT_DOWN) {
                return false;
            }
            throw closed;
        } catch (InterruptedException interrupt) {
            Thread.currentThread().interrupt();
            CancellationException told = new CancellationException("interrupted while it waited for an item");
            told.initCause(interrupt);
            throw told;
        }
        action.accept(item);
        return true;
    }

    @Override
    public @Nullable Spliterator<T> trySplit() {
        return null; // items taken ahead for another thread would be out of reach of everybody else
    }

    @Override
    public long estimateSize() {
        return Long.MAX_VALUE;
    }

    @Override
    public int characteristics() {
        return ORDERED;
    }
}
