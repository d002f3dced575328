package io.procession.internal.codec;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.ObjectStreamClass;
import java.io.OutputStream;
import java.io.Serializable;
import java.lang.invoke.SerializedLambda;
import org.jspecify.annotations.Nullable;

/**
 * Takes lambdas apart and together by the streams of the JDK, which may do so in any module: for modules that are not open to us and
 * for lambdas of the JDK itself. Slower than the direct way by some 10 µs.
 */
final class LambdaStreams {
    private LambdaStreams() {}

    static SerializedLambda replacementOf(Object lambda) {
        try (Catcher catcher = new Catcher()) {
            catcher.writeObject(lambda);
            if (catcher.caught != null) {
                return catcher.caught;
            }
        } catch (IOException failed) {
            throw new Refusal("the lambda " + lambda.getClass().getName() + " does not tell what it is", failed);
        }
        throw new Refusal("the lambda " + lambda.getClass().getName() + " does not tell what it is");
    }

    static @Nullable Object[] slots(int count) {
        @Nullable Object[] slots = new @Nullable Object[count];
        for (int i = 0; i < count; i++) {
            slots[i] = new Slot(i);
        }
        return slots;
    }

    static byte[] templateOf(SerializedLambda lambdaWithSlots) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
        try (ObjectOutputStream stream = new ObjectOutputStream(bytes)) {
            stream.writeObject(lambdaWithSlots);
        } catch (IOException impossible) {
            throw new IllegalStateException("a lambda's description is always serialisable", impossible);
        }
        return bytes.toByteArray();
    }

    static @Nullable Object make(byte[] template, @Nullable Object[] captured, @Nullable ClassLoader loader)
            throws IOException, ClassNotFoundException {
        try (Filler filler = new Filler(template, captured, loader)) {
            return filler.readObject();
        }
    }

    /** Stands for a captured value in a template. */
    private static final class Slot implements Serializable {
        private static final long serialVersionUID = 1L;

        private final int index;

        private Slot(int index) {
            this.index = index;
        }
    }

    /** Lets the JDK ask the lambda for its description and writes nothing. */
    private static final class Catcher extends ObjectOutputStream {
        private @Nullable SerializedLambda caught;

        private Catcher() throws IOException {
            super(OutputStream.nullOutputStream());
            enableReplaceObject(true);
        }

        @Override
        protected @Nullable Object replaceObject(Object object) {
            if (object instanceof SerializedLambda lambda) {
                caught = lambda;
            }
            return null;
        }
    }

    /** Puts captured values in the place of slots. */
    private static final class Filler extends ObjectInputStream {
        private final @Nullable Object[] captured;
        private final @Nullable ClassLoader loader;

        private Filler(byte[] template, @Nullable Object[] captured, @Nullable ClassLoader loader) throws IOException {
            super(new ByteArrayInputStream(template));
            this.captured = captured;
            this.loader = loader;
            enableResolveObject(true);
        }

        @Override
        protected Class<?> resolveClass(ObjectStreamClass description) throws ClassNotFoundException {
            String name = description.getName();
            if (name.equals(Slot.class.getName())) {
                return Slot.class;
            }
            return Class.forName(name, false, loader);
        }

        @Override
        protected @Nullable Object resolveObject(Object object) {
            return object instanceof Slot slot ? captured[slot.index] : object;
        }
    }
}
