package io.procession.pool;

import java.util.AbstractMap.SimpleImmutableEntry;
import java.util.Iterator;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Pairs of two inputs, up to the end of the shorter one. */
final class Zip<A extends @Nullable Object, B extends @Nullable Object> implements Iterator<Map.Entry<A, B>> {
    private final Iterator<? extends A> first;
    private final Iterator<? extends B> second;

    Zip(Iterator<? extends A> first, Iterator<? extends B> second) {
        this.first = first;
        this.second = second;
    }

    @Override
    public boolean hasNext() {
        return first.hasNext() && second.hasNext();
    }

    @Override
    public Map.Entry<A, B> next() {
        return new SimpleImmutableEntry<>(first.next(), second.next());
    }
}
