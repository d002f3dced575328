package io.procession.internal.codec;

import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.ConcurrentModificationException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Maps: which one, how many, the keys as a {@link Chunk}, the values as another. */
final class MapForm implements Form {
    static final int HASH_MAP = 0;
    static final int LINKED_HASH_MAP = 1;
    static final int TREE_MAP = 2;
    static final int CONCURRENT_HASH_MAP = 3;
    // From here on made from their finished entries
    static final int IMMUTABLE_MAP = 4;
    static final int EMPTY_MAP = 5;
    static final int SINGLETON_MAP = 6;
    static final int UNMODIFIABLE_MAP = 7;

    private final int kind;

    MapForm(int kind) {
        this.kind = kind;
    }

    @Override
    public void write(Encoder out, Object value) {
        if (out.wroteReference(value)) {
            return;
        }
        Map<?, ?> map = (Map<?, ?>) value;
        @Nullable Object[] keys = new @Nullable Object[map.size()];
        @Nullable Object[] values = new @Nullable Object[keys.length];
        int count = snapshot(map, keys, values);
        if (count < keys.length) {
            keys = Arrays.copyOf(keys, count);
            values = Arrays.copyOf(values, count);
        }
        out.sink().put(Tag.MAP);
        out.sink().put(kind);
        out.sink().putVarint(count);
        boolean fromParts = kind >= IMMUTABLE_MAP || kind == TREE_MAP;
        if (fromParts) {
            out.madeFromParts();
        }
        if (kind == TREE_MAP) {
            out.writePart("comparator()", ((TreeMap<?, ?>) value).comparator());
        }
        Chunk.write(out, keys, keys);
        Chunk.write(out, values, keys);
        if (fromParts) {
            out.completed();
        }
    }

    /** A concurrent map may shrink or grow meanwhile: what came after its size was asked is not taken. */
    private static int snapshot(Map<?, ?> map, @Nullable Object[] keys, @Nullable Object[] values) {
        int count = 0;
        try {
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                if (count == keys.length) {
                    break;
                }
                keys[count] = entry.getKey();
                values[count++] = entry.getValue();
            }
            return count;
        } catch (ConcurrentModificationException changing) {
            throw new Refusal("the map was changed while it was serialised", changing);
        }
    }

    static Object read(Decoder in) {
        int kind = in.octet();
        int count = in.length(1);
        int number = in.reserve();
        if (kind == TREE_MAP) {
            return in.completed(number, fill(treeMap(in), in, count));
        }
        Map<@Nullable Object, @Nullable Object> mutable = mutable(kind, count);
        if (mutable != null) {
            return fill(in.completed(number, mutable), in, count);
        }
        return in.completed(number, fromParts(in, kind, count));
    }

    private static @Nullable Map<@Nullable Object, @Nullable Object> mutable(int kind, int count) {
        return switch (kind) {
            case HASH_MAP -> new HashMap<>(CollectionForm.tableSize(count));
            case LINKED_HASH_MAP -> new LinkedHashMap<>(CollectionForm.tableSize(count));
            case CONCURRENT_HASH_MAP -> new ConcurrentHashMap<>();
            default -> null;
        };
    }

    private static Map<@Nullable Object, @Nullable Object> fill(
            Map<@Nullable Object, @Nullable Object> map, Decoder in, int count) {
        @Nullable Object[] keys = Chunk.read(in, count);
        @Nullable Object[] values = Chunk.read(in, count);
        for (int i = 0; i < count; i++) {
            map.put(keys[i], values[i]);
        }
        return map;
    }

    @SuppressWarnings("unchecked")
    private static Map<@Nullable Object, @Nullable Object> treeMap(Decoder in) {
        Object comparator = in.readValue();
        if (comparator != null && !(comparator instanceof Comparator)) {
            throw in.garbled("a comparator that is none");
        }
        return new TreeMap<>((Comparator<@Nullable Object>) comparator);
    }

    private static Object fromParts(Decoder in, int kind, int count) {
        Map<@Nullable Object, @Nullable Object> entries = fill(new LinkedHashMap<>(), in, count);
        if (kind == SINGLETON_MAP && count == 1) {
            Map.Entry<?, ?> only = entries.entrySet().iterator().next();
            return Collections.singletonMap(only.getKey(), only.getValue());
        }
        return switch (kind) {
            case IMMUTABLE_MAP -> immutable(in, entries);
            case EMPTY_MAP -> Collections.emptyMap();
            case UNMODIFIABLE_MAP -> Collections.unmodifiableMap(entries);
            default -> throw in.garbled("a map of the unknown kind " + kind + " with " + count + " entries");
        };
    }

    private static Object immutable(Decoder in, Map<@Nullable Object, @Nullable Object> entries) {
        try {
            return Map.copyOf(entries);
        } catch (NullPointerException unfit) {
            throw in.garbled("an immutable map with a null");
        }
    }
}
