package io.procession.internal.codec;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.ConcurrentModificationException;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.LinkedList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** Lists, sets and deques: which one, how many, the elements as a {@link Chunk}. */
final class CollectionForm implements Form {
    static final int ARRAY_LIST = 0;
    static final int LINKED_LIST = 1;
    static final int ARRAY_DEQUE = 2;
    static final int HASH_SET = 3;
    static final int LINKED_HASH_SET = 4;
    static final int TREE_SET = 5;
    static final int FIXED_SIZE_LIST = 6;
    static final int COPY_ON_WRITE_LIST = 7;
    // From here on made from their finished elements
    static final int IMMUTABLE_LIST = 8;
    static final int IMMUTABLE_SET = 9;
    static final int EMPTY_LIST = 10;
    static final int EMPTY_SET = 11;
    static final int SINGLETON_LIST = 12;
    static final int SINGLETON_SET = 13;
    static final int UNMODIFIABLE_LIST = 14;
    static final int UNMODIFIABLE_SET = 15;

    private final int kind;

    CollectionForm(int kind) {
        this.kind = kind;
    }

    @Override
    public void write(Encoder out, Object value) {
        if (out.wroteReference(value)) {
            return;
        }
        @Nullable Object[] elements = snapshot((Collection<?>) value);
        out.sink().put(Tag.COLLECTION);
        out.sink().put(kind);
        out.sink().putVarint(elements.length);
        boolean fromParts = kind >= IMMUTABLE_LIST || kind == FIXED_SIZE_LIST || kind == TREE_SET;
        if (fromParts) {
            out.madeFromParts();
        }
        if (kind == TREE_SET) {
            out.writePart("comparator()", ((TreeSet<?>) value).comparator());
        }
        Chunk.write(out, elements, null);
        if (fromParts) {
            out.completed();
        }
    }

    private static @Nullable Object[] snapshot(Collection<?> collection) {
        try {
            return collection.toArray();
        } catch (ConcurrentModificationException changing) {
            throw new Refusal("the collection was changed while it was serialised", changing);
        }
    }

    static Object read(Decoder in) {
        int kind = in.octet();
        int count = in.length(1);
        int number = in.reserve();
        if (kind == TREE_SET) {
            return in.completed(number, treeSet(in, count));
        }
        Collection<@Nullable Object> mutable = mutable(kind, count);
        if (mutable != null) {
            in.completed(number, mutable);
            mutable.addAll(Arrays.asList(Chunk.read(in, count)));
            return mutable;
        }
        return in.completed(number, fromParts(in, kind, Chunk.read(in, count)));
    }

    @SuppressWarnings("JdkObsolete") // what was sent is what arrives
    private static @Nullable Collection<@Nullable Object> mutable(int kind, int count) {
        return switch (kind) {
            case ARRAY_LIST -> new ArrayList<>(count);
            case LINKED_LIST -> new LinkedList<>();
            case ARRAY_DEQUE -> new ArrayDeque<>();
            case HASH_SET -> new HashSet<>(tableSize(count));
            case LINKED_HASH_SET -> new LinkedHashSet<>(tableSize(count));
            case COPY_ON_WRITE_LIST -> new CopyOnWriteArrayList<>();
            default -> null;
        };
    }

    static int tableSize(int count) {
        return (int) Math.min(1 << 30, count * 4L / 3 + 1);
    }

    @SuppressWarnings("unchecked")
    private static Set<@Nullable Object> treeSet(Decoder in, int count) {
        Object comparator = in.readValue();
        if (comparator != null && !(comparator instanceof Comparator)) {
            throw in.garbled("a comparator that is none");
        }
        Set<@Nullable Object> set = new TreeSet<>((Comparator<@Nullable Object>) comparator);
        Collections.addAll(set, Chunk.read(in, count));
        return set;
    }

    private static Object fromParts(Decoder in, int kind, @Nullable Object[] elements) {
        boolean needsOne = kind == SINGLETON_LIST || kind == SINGLETON_SET;
        if (needsOne && elements.length != 1) {
            throw in.garbled("a singleton of " + elements.length + " elements");
        }
        List<@Nullable Object> list = Arrays.asList(elements);
        return switch (kind) {
            case FIXED_SIZE_LIST -> list;
            case IMMUTABLE_LIST -> immutable(list);
            case IMMUTABLE_SET -> immutableSet(in, list);
            case EMPTY_LIST -> Collections.emptyList();
            case EMPTY_SET -> Collections.emptySet();
            case SINGLETON_LIST -> Collections.singletonList(elements[0]);
            case SINGLETON_SET -> Collections.singleton(elements[0]);
            case UNMODIFIABLE_LIST -> Collections.unmodifiableList(list);
            case UNMODIFIABLE_SET -> Collections.unmodifiableSet(new LinkedHashSet<>(list));
            default -> throw in.garbled("a collection of the unknown kind " + kind);
        };
    }

    /** {@code Stream.toList()} makes immutable lists with nulls, which {@code List.of} refuses. */
    private static List<@Nullable Object> immutable(List<@Nullable Object> elements) {
        for (Object element : elements) {
            if (element == null) {
                return Collections.unmodifiableList(elements);
            }
        }
        return List.of(elements.toArray());
    }

    private static Set<@Nullable Object> immutableSet(Decoder in, List<@Nullable Object> elements) {
        try {
            return Set.of(elements.toArray());
        } catch (IllegalArgumentException | NullPointerException unfit) {
            throw in.garbled("a set with an element that is null or there twice");
        }
    }
}
