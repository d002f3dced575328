package io.procession.internal.codec;

import io.procession.codec.SerializationException;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import org.jspecify.annotations.Nullable;

/** A record as its components in order; made by its canonical constructor, whose checks run. */
final class RecordForm extends BodyForm implements BodyForm.Reader {
    private static final ClassValue<RecordForm> READERS = new ClassValue<>() {
        @Override
        protected RecordForm computeValue(Class<?> type) {
            return new RecordForm(type);
        }
    };

    private final Shape type;
    private final int layout;
    private final Method[] accessors;
    private final Constructor<?> constructor;

    RecordForm(Class<?> type) {
        RecordComponent[] components = type.getRecordComponents();
        Class<?>[] types = new Class<?>[components.length];
        accessors = new Method[components.length];
        int hash = 1;
        for (int i = 0; i < components.length; i++) {
            types[i] = components[i].getType();
            accessors[i] = components[i].getAccessor();
            accessors[i].setAccessible(true);
            hash = 31 * hash + components[i].getName().hashCode();
            hash = 31 * hash + types[i].getName().hashCode();
        }
        layout = hash == 0 ? 1 : hash;
        this.type = ClassShape.of(type, layout, "");
        try {
            constructor = type.getDeclaredConstructor(types);
            constructor.setAccessible(true);
        } catch (NoSuchMethodException impossible) {
            throw new IllegalStateException("a record without its constructor: " + type.getName(), impossible);
        }
    }

    @Override
    int tag() {
        return Tag.RECORD;
    }

    @Override
    void writeType(Encoder out) {
        out.writeShape(type);
    }

    @Override
    void writeBody(Encoder out, Object value) {
        out.madeFromParts();
        for (Method accessor : accessors) {
            out.writePart(accessor.getName(), component(value, accessor));
        }
        out.completed();
    }

    private static @Nullable Object component(Object record, Method accessor) {
        try {
            return accessor.invoke(record);
        } catch (InvocationTargetException failed) {
            throw new Refusal(
                    accessor.getName() + "() of " + record.getClass().getName() + " failed: " + failed.getCause(),
                    failed.getCause());
        } catch (IllegalAccessException closed) {
            throw new Refusal(record.getClass().getName() + " cannot be read", closed);
        }
    }

    static Object read(Decoder in) {
        return BodyForm.reader(in).readBody(in);
    }

    static BodyForm.Reader reader(ClassShape shape) {
        RecordForm reader = READERS.get(shape.type());
        shape.checkLayout(reader.layout);
        return reader;
    }

    @Override
    public Object readBody(Decoder in) {
        int number = in.reserve();
        @Nullable Object[] components = new @Nullable Object[accessors.length];
        for (int i = 0; i < components.length; i++) {
            components[i] = in.readValue();
        }
        try {
            return in.completed(number, constructor.newInstance(components));
        } catch (InvocationTargetException refused) {
            throw failed(
                    "the constructor of " + constructor.getName() + " failed: " + refused.getCause(),
                    refused.getCause());
        } catch (ReflectiveOperationException | IllegalArgumentException unfit) {
            throw failed("the record " + constructor.getName() + " cannot be made from what arrived", unfit);
        }
    }

    private static SerializationException failed(String what, @Nullable Throwable cause) {
        return new SerializationException("", what, cause);
    }
}
