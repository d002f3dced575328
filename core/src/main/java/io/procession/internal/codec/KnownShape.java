package io.procession.internal.codec;

import org.jspecify.annotations.Nullable;

/**
 * A shape at the receiver, with what it stands for here once that was looked up. Looked up again when a thread with another context
 * class loader decodes. Safe for use by any thread.
 */
final class KnownShape {
    private final byte[] definition;
    /** Immutable, so a race costs a second look-up and nothing else. */
    private volatile @Nullable Resolved resolved;

    KnownShape(byte[] definition) {
        this.definition = definition;
    }

    /** What a shape stands for in this process. */
    abstract static class Resolved {
        private final ClassLoader loader;

        Resolved(ClassLoader loader) {
            this.loader = loader;
        }
    }

    ClassShape asClass(Decoder in) {
        if (resolve(in) instanceof ClassShape type) {
            return type;
        }
        throw in.garbled("a lambda's shape where a class is named");
    }

    LambdaShape asLambda(Decoder in) {
        if (resolve(in) instanceof LambdaShape lambda) {
            return lambda;
        }
        throw in.garbled("a class's shape where a lambda is named");
    }

    @SuppressWarnings("ReferenceEquality") // loaders are themselves
    private Resolved resolve(Decoder in) {
        Resolved known = resolved;
        if (known != null && known.loader == in.classLoader()) {
            return known;
        }
        Decoder inside = in.inside(definition);
        int kind = inside.octet();
        Resolved found = switch (kind) {
            case ClassShape.KIND -> ClassShape.read(inside);
            case LambdaShape.KIND -> LambdaShape.read(inside);
            default -> throw in.garbled("a shape of the unknown kind " + kind);
        };
        resolved = found;
        return found;
    }
}
