package io.procession.internal.codec;

import com.esotericsoftware.kryo.kryo5.io.Input;
import com.esotericsoftware.kryo.kryo5.io.Output;
import io.procession.codec.Serializer;
import io.procession.codec.ValueInput;
import io.procession.codec.ValueOutput;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Objects of the user's classes by Kryo: field by field, by name. Kryo finds and reaches the fields and makes the objects; whatever
 * is not a primitive goes back to the codec, which knows the JDK, references, lambdas and handles.
 */
final class KryoSerializer implements Serializer {
    static final String ID = "kryo";

    private final KryoTypes types = new KryoTypes();

    @Override
    public String id() {
        return ID;
    }

    @Override
    public int layoutOf(Class<?> type) {
        return types.of(type).layout();
    }

    @Override
    public Writer writer(ValueOutput output) {
        return new KryoWriter(output);
    }

    @Override
    public Reader reader(ValueInput input) {
        return new KryoReader(input);
    }

    /** Kryo's output over the codec's: flushed before each part, so that the order of bytes is that of the fields. */
    final class KryoWriter extends Output implements Writer {
        private static final int BUFFER_BYTES = 128;

        private final ValueOutput codec;

        KryoWriter(ValueOutput codec) {
            super(codec, BUFFER_BYTES);
            this.codec = codec;
        }

        @Override
        public void write(Object object) {
            types.of(object.getClass()).write(this, object);
            flush();
        }

        void writePart(String name, @Nullable Object part) {
            flush();
            codec.writePart(name, part);
        }

        @Override
        public void flush() {
            codec.write(buffer, 0, position);
            total += position;
            position = 0;
        }
    }

    /** Kryo's input on the array of the message. */
    final class KryoReader extends Input implements Reader {
        private final ValueInput codec;

        KryoReader(ValueInput codec) {
            this.codec = codec;
        }

        @Override
        public Object read(Class<?> type) throws ReflectiveOperationException {
            take();
            Object object = types.of(type).read(this);
            codec.skipTo(position);
            return object;
        }

        void created(Object object) {
            codec.created(object);
        }

        @Nullable
        Object readPart() {
            codec.skipTo(position);
            Object part = codec.readPart();
            take();
            return part;
        }

        @SuppressWarnings("ByteBufferBackingArray") // promised, from offset 0
        private void take() {
            ByteBuffer rest = codec.remaining();
            setBuffer(rest.array(), rest.position(), rest.remaining());
        }
    }
}
