package io.procession.internal.codec;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The collections of the JDK that have an encoding of their own. Others that are serialisable go through Java serialisation; views
 * that are not (key sets, sublists) arrive as a copy of the nearest plain kind.
 */
final class Containers {
    private static final String IMMUTABLE = "java.util.ImmutableCollections$";
    private static final String COLLECTIONS = "java.util.Collections$";

    private Containers() {}

    static @Nullable Form collection(Class<?> type) {
        int kind = collectionKind(type);
        return kind < 0 ? null : new CollectionForm(kind);
    }

    static @Nullable Form map(Class<?> type) {
        int kind = mapKind(type.getName());
        return kind < 0 ? null : new MapForm(kind);
    }

    private static int collectionKind(Class<?> type) {
        String name = type.getName();
        switch (name) {
            case "java.util.ArrayList":
                return CollectionForm.ARRAY_LIST;
            case "java.util.LinkedList":
                return CollectionForm.LINKED_LIST;
            case "java.util.ArrayDeque":
                return CollectionForm.ARRAY_DEQUE;
            case "java.util.Arrays$ArrayList":
                return CollectionForm.FIXED_SIZE_LIST;
            case "java.util.HashSet":
                return CollectionForm.HASH_SET;
            case "java.util.LinkedHashSet":
                return CollectionForm.LINKED_HASH_SET;
            case "java.util.TreeSet":
                return CollectionForm.TREE_SET;
            case "java.util.concurrent.CopyOnWriteArrayList":
                return CollectionForm.COPY_ON_WRITE_LIST;
            case COLLECTIONS + "EmptyList":
                return CollectionForm.EMPTY_LIST;
            case COLLECTIONS + "EmptySet":
                return CollectionForm.EMPTY_SET;
            case COLLECTIONS + "SingletonList":
                return CollectionForm.SINGLETON_LIST;
            case COLLECTIONS + "SingletonSet":
                return CollectionForm.SINGLETON_SET;
            case COLLECTIONS + "UnmodifiableList":
            case COLLECTIONS + "UnmodifiableRandomAccessList":
                return CollectionForm.UNMODIFIABLE_LIST;
            case COLLECTIONS + "UnmodifiableSet":
                return CollectionForm.UNMODIFIABLE_SET;
            default:
                break;
        }
        if (!name.startsWith(IMMUTABLE)) {
            return -1;
        }
        return List.class.isAssignableFrom(type) ? CollectionForm.IMMUTABLE_LIST : CollectionForm.IMMUTABLE_SET;
    }

    private static int mapKind(String name) {
        return switch (name) {
            case "java.util.HashMap" -> MapForm.HASH_MAP;
            case "java.util.LinkedHashMap" -> MapForm.LINKED_HASH_MAP;
            case "java.util.TreeMap" -> MapForm.TREE_MAP;
            case "java.util.concurrent.ConcurrentHashMap" -> MapForm.CONCURRENT_HASH_MAP;
            case COLLECTIONS + "EmptyMap" -> MapForm.EMPTY_MAP;
            case COLLECTIONS + "SingletonMap" -> MapForm.SINGLETON_MAP;
            case COLLECTIONS + "UnmodifiableMap" -> MapForm.UNMODIFIABLE_MAP;
            default -> name.startsWith(IMMUTABLE) ? MapForm.IMMUTABLE_MAP : -1;
        };
    }

    /** For views inside other classes, which Java serialisation refuses. */
    static @Nullable Form lastResort(Class<?> type) {
        if (type.getName().indexOf('$') < 0) {
            return null;
        } else if (Set.class.isAssignableFrom(type)) {
            return new CollectionForm(CollectionForm.LINKED_HASH_SET);
        } else if (Collection.class.isAssignableFrom(type)) {
            return new CollectionForm(CollectionForm.ARRAY_LIST);
        }
        return Map.class.isAssignableFrom(type) ? new MapForm(MapForm.LINKED_HASH_MAP) : null;
    }
}
