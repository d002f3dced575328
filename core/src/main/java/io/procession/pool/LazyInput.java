package io.procession.pool;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The input of a lazy map. Used by one thread at a time, but for {@link #close}. */
interface LazyInput<T extends @Nullable Object> {
    /** An input that takes so long for a chunk makes others wait: what has been read is sent, and results that are ready are given first. */
    long SLOW_NANOS = 5_000_000;

    /**
     * Says how far may be read.
     *
     * @param items so many in all, since the beginning
     * @param chunk how many are then taken at once
     */
    void allow(long items, int chunk);

    /**
     * The next items. Where the calling thread reads, it may have to wait for them.
     *
     * @param least less than that are not worth it
     * @param most not more
     * @return the items; none if it is exhausted, or if another thread reads and there are too few
     */
    List<T> read(int least, int most);

    /** Whether there is something that another thread has read. Any thread. */
    boolean hasRead();

    /** Whether nothing will come any more. */
    boolean isExhausted();

    /** What it failed with; told once, when everything before that was read. */
    @Nullable
    Throwable takeFailure();

    /** Whether the calling thread had to wait for it last. */
    boolean isSlow();

    /** Nothing more is wanted. Any thread, idempotent, does not wait. */
    void close();
}
