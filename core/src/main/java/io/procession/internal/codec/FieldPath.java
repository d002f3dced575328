package io.procession.internal.codec;

import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The way from one object to another by fields, elements and entries, searched after a refusal inside a Java stream, which does not
 * tell. Finds nothing where fields are closed to us, and looks at a bounded number of objects.
 */
final class FieldPath {
    private static final int MOST_VISITED = 20_000;

    private final Object target;
    private final IdentityHashMap<Object, String> paths = new IdentityHashMap<>();
    private final ArrayDeque<Object> toVisit = new ArrayDeque<>();

    private FieldPath(Object target) {
        this.target = target;
    }

    /** The path as steps, empty if none is found. */
    static String between(Object root, Object target) {
        FieldPath search = new FieldPath(target);
        search.reach(root, "");
        try {
            return search.run();
        } catch (RuntimeException hostileCollection) {
            return "";
        }
    }

    private String run() {
        while (!toVisit.isEmpty() && paths.size() < MOST_VISITED && !paths.containsKey(target)) {
            Object next = toVisit.remove();
            visit(next, paths.getOrDefault(next, ""));
        }
        return paths.getOrDefault(target, "");
    }

    private void reach(@Nullable Object object, String path) {
        if (object != null && paths.putIfAbsent(object, path) == null) {
            toVisit.add(object);
        }
    }

    private void visit(Object object, String path) {
        if (object instanceof Collection<?> collection && Classes.isOfJdk(object.getClass())) {
            int i = 0;
            for (Object element : collection) {
                reach(element, path + "[" + i++ + "]");
            }
        } else if (object instanceof Map<?, ?> map && Classes.isOfJdk(object.getClass())) {
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                reach(entry.getKey(), path + "[" + Names.ofKey(entry.getKey()) + "]");
                reach(entry.getValue(), path + "[" + Names.ofKey(entry.getKey()) + "]");
            }
        } else if (object.getClass().isArray()) {
            if (!object.getClass().getComponentType().isPrimitive()) {
                for (int i = 0; i < Array.getLength(object); i++) {
                    reach(Array.get(object, i), path + "[" + i + "]");
                }
            }
        } else {
            visitFields(object, path);
        }
    }

    private void visitFields(Object object, String path) {
        for (Class<?> c = object.getClass(); c != null; c = c.getSuperclass()) {
            for (Field field : c.getDeclaredFields()) {
                if (Refusals.isInstanceField(field) && !field.getType().isPrimitive() && field.trySetAccessible()) {
                    try {
                        reach(field.get(object), path + "." + field.getName());
                    } catch (IllegalAccessException closed) {
                        // Then the path is less exact.
                    }
                }
            }
        }
    }
}
