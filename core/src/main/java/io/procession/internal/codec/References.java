package io.procession.internal.codec;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The objects of one message in the order they were met, by identity. A few are searched in a row, which costs no identity hash;
 * many by an open hash table.
 */
@SuppressWarnings("ReferenceEquality") // identity is the matter
final class References {
    private static final int FEW = 8;
    private static final @Nullable Object[] NONE = {};
    private static final int[] EMPTY = {};

    private @Nullable Object[] objects = NONE;
    private int count;
    /** Places in {@link #objects} plus one, 0 for free; a power of two, at most half full. */
    private int[] table = EMPTY;

    private int[] open = EMPTY;
    private int openCount;

    /** The number of the object, or -1 after it was given the next one. */
    int numberOf(Object object) {
        int known = table.length == 0 ? search(object) : lookUp(object);
        if (known >= 0 && isOpen(known)) {
            throw new Refusal("a cycle leads through " + object.getClass().getName()
                    + ", which is made from its finished parts and so cannot be one of them; let the cycle lead through"
                    + " an object with a field that can be set, or a mutable collection");
        }
        return known;
    }

    /** Whether the object has a number and is not open. */
    boolean canRefer(Object object) {
        if (table.length == 0) {
            for (int i = 0; i < count; i++) {
                if (objects[i] == object) {
                    return !isOpen(i);
                }
            }
            return false;
        }
        int mask = table.length - 1;
        for (int slot = mix(object) & mask; table[slot] != 0; slot = (slot + 1) & mask) {
            if (objects[table[slot] - 1] == object) {
                return !isOpen(table[slot] - 1);
            }
        }
        return false;
    }

    private int search(Object object) {
        for (int i = 0; i < count; i++) {
            if (objects[i] == object) {
                return i;
            }
        }
        if (count == FEW) {
            rehash(8 * FEW);
            return lookUp(object);
        }
        if (count == objects.length) {
            objects = new @Nullable Object[FEW];
        }
        objects[count++] = object;
        return -1;
    }

    private int lookUp(Object object) {
        if (2 * count >= table.length) {
            rehash(2 * table.length);
        }
        int mask = table.length - 1;
        int slot = mix(object) & mask;
        while (table[slot] != 0) {
            int number = table[slot] - 1;
            if (objects[number] == object) {
                return number;
            }
            slot = (slot + 1) & mask;
        }
        if (count == objects.length) {
            objects = Arrays.copyOf(objects, 2 * count);
        }
        objects[count++] = object;
        table[slot] = count;
        return -1;
    }

    private void rehash(int size) {
        table = new int[size];
        int mask = size - 1;
        for (int i = 0; i < count; i++) {
            int slot = mix(objects[i]) & mask;
            while (table[slot] != 0) {
                slot = (slot + 1) & mask;
            }
            table[slot] = i + 1;
        }
    }

    private static int mix(@Nullable Object object) {
        int hash = System.identityHashCode(object) * 0x9E3779B9;
        return hash ^ (hash >>> 16);
    }

    /** The object that was given the last number is made from parts that are written from now on. */
    void open() {
        if (openCount == open.length) {
            open = Arrays.copyOf(open, 2 * openCount + FEW);
        }
        open[openCount++] = count - 1;
    }

    void close() {
        openCount--;
    }

    private boolean isOpen(int number) {
        for (int i = openCount - 1; i >= 0; i--) {
            if (open[i] == number) {
                return true;
            }
        }
        return false;
    }
}
