package io.procession.internal.codec;

import com.esotericsoftware.kryo.kryo5.KryoException;
import com.esotericsoftware.kryo.kryo5.io.Input;
import com.esotericsoftware.kryo.kryo5.io.Output;
import com.esotericsoftware.kryo.kryo5.serializers.FieldSerializer.CachedField;
import java.lang.reflect.Field;

/** A field that is no primitive: its value is the codec's matter. */
final class KryoField extends CachedField {
    private final Field field;

    KryoField(Field field) {
        super(field);
        this.field = field;
    }

    @Override
    public void write(Output output, Object object) {
        try {
            ((KryoSerializer.KryoWriter) output).writePart(field.getName(), field.get(object));
        } catch (IllegalAccessException closed) {
            throw new KryoException(closed);
        }
    }

    @Override
    public void read(Input input, Object object) {
        Object value = ((KryoSerializer.KryoReader) input).readPart();
        try {
            field.set(object, value);
        } catch (IllegalAccessException | IllegalArgumentException unfit) {
            throw new KryoException("the field " + field + " cannot take what arrived", unfit);
        }
    }

    @Override
    public void copy(Object original, Object copy) {
        throw new UnsupportedOperationException("objects are sent, not copied");
    }
}
