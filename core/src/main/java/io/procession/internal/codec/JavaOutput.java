package io.procession.internal.codec;

import java.io.IOException;
import java.io.ObjectOutputStream;
import java.io.OutputStream;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/** Java serialisation that leaves to the codec what only the codec can write. */
final class JavaOutput extends ObjectOutputStream {
    private final Encoder out;
    private final Object root;

    JavaOutput(ByteSink stream, Encoder out, Object root) throws IOException {
        super(new SinkStream(stream));
        this.out = out;
        this.root = root;
        enableReplaceObject(true);
    }

    @Override
    @SuppressWarnings("ReferenceEquality") // the root itself is meant
    protected @Nullable Object replaceObject(Object object) {
        if (object == root || !isForCodec(object)) {
            return object;
        }
        try {
            out.writeValue(object);
        } catch (Refusal refusal) {
            throw refusal.under(FieldPath.between(root, object));
        }
        return new JavaPart();
    }

    /**
     * What Java can write stays in the stream, where it may be part of a cycle; but objects met before keep their identity, and
     * exceptions must not take the whole down with them.
     */
    private boolean isForCodec(Object object) {
        return !(object instanceof Serializable)
                || object instanceof Portable
                || object instanceof Throwable
                || out.metBefore(object);
    }

    private static final class SinkStream extends OutputStream {
        private final ByteSink sink;

        private SinkStream(ByteSink sink) {
            this.sink = sink;
        }

        @Override
        public void write(int oneByte) {
            sink.put(oneByte);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) {
            sink.put(bytes, offset, length);
        }
    }
}
