package io.procession.pool;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An input that is read by the thread that wants the items. */
final class CallerInput<T extends @Nullable Object> implements LazyInput<T> {
    /** One that has been quick is not timed for each item. */
    private static final int ITEMS_PER_LOOK = 64;

    private final Iterator<? extends T> input;
    private boolean exhausted;
    private boolean slow;
    private @Nullable Throwable failure;

    CallerInput(Iterator<? extends T> input) {
        this.input = input;
    }

    @Override
    public void allow(long items, int chunk) {
        // what may be read is what is asked for
    }

    @Override
    public List<T> read(int least, int most) {
        List<T> items = new ArrayList<>(most);
        long begin = System.nanoTime();
        try {
            while (items.size() < most) {
                if (!input.hasNext()) {
                    exhausted = true;
                    break;
                }
                items.add(input.next());
                boolean looks = slow || items.size() % ITEMS_PER_LOOK == 0;
                if (looks && items.size() >= least && System.nanoTime() - begin > SLOW_NANOS) {
                    break;
                }
            }
        } catch (RuntimeException | Error e) {
            exhausted = true;
            failure = e;
        }
        slow = System.nanoTime() - begin > SLOW_NANOS;
        return items;
    }

    @Override
    public boolean hasRead() {
        return false;
    }

    @Override
    public boolean isExhausted() {
        return exhausted;
    }

    @Override
    public @Nullable Throwable takeFailure() {
        Throwable taken = failure;
        failure = null;
        return taken;
    }

    @Override
    public boolean isSlow() {
        return slow;
    }

    @Override
    public void close() {
        // nobody waits for it but the thread that reads
    }
}
