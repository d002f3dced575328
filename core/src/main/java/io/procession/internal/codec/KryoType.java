package io.procession.internal.codec;

import com.esotericsoftware.kryo.kryo5.Kryo;
import com.esotericsoftware.kryo.kryo5.objenesis.instantiator.ObjectInstantiator;
import com.esotericsoftware.kryo.kryo5.objenesis.strategy.StdInstantiatorStrategy;
import com.esotericsoftware.kryo.kryo5.serializers.FieldSerializer;
import com.esotericsoftware.kryo.kryo5.serializers.FieldSerializer.CachedField;
import com.esotericsoftware.kryo.kryo5.serializers.FieldSerializer.FieldSerializerConfig;
import java.io.Serializable;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import org.jspecify.annotations.Nullable;

/** The fields of one class, and how its objects are made. Does not change; used by all threads. */
final class KryoType {
    private final CachedField[] fields;
    private final int layout;
    private final @Nullable Constructor<?> constructor;
    private final ObjectInstantiator<?> instantiator;

    KryoType(Kryo kryo, Class<?> type) {
        FieldSerializerConfig config = new FieldSerializerConfig();
        config.setCopyTransient(false);
        config.setExtendedFieldNames(true);
        config.setIgnoreSyntheticFields(false);
        openToKryo(type);
        fields = new FieldSerializer<>(kryo, type, config).getFields();
        int hash = 1;
        for (int i = 0; i < fields.length; i++) {
            Class<?> fieldType = fields[i].getField().getType();
            hash = 31 * hash + fields[i].getName().hashCode();
            hash = 31 * hash + fieldType.getName().hashCode();
            if (!fieldType.isPrimitive()) {
                fields[i] = new KryoField(fields[i].getField());
            }
        }
        layout = hash;
        constructor = constructorOf(type);
        instantiator = new StdInstantiatorStrategy().newInstantiatorOf(type);
    }

    /** The user opens a package to this library and need not know of Kryo; what is opened to us we may open further. */
    private static void openToKryo(Class<?> type) {
        Module module = Kryo.class.getModule();
        for (Class<?> c = type; c != null && !Classes.isOfJdk(c); c = c.getSuperclass()) {
            c.getModule().addOpens(c.getPackageName(), module);
        }
    }

    /** Java's rule: objects of a serialisable class are made without a constructor. Others may need theirs. */
    private static @Nullable Constructor<?> constructorOf(Class<?> type) {
        if (Serializable.class.isAssignableFrom(type)) {
            return null;
        }
        try {
            Constructor<?> withoutArguments = type.getDeclaredConstructor();
            return withoutArguments.trySetAccessible() ? withoutArguments : null;
        } catch (NoSuchMethodException none) {
            return null;
        }
    }

    int layout() {
        return layout;
    }

    void write(KryoSerializer.KryoWriter output, Object object) {
        for (CachedField field : fields) {
            field.write(output, object);
        }
    }

    Object read(KryoSerializer.KryoReader input) throws ReflectiveOperationException {
        Object object = make();
        input.created(object);
        for (CachedField field : fields) {
            field.read(input, object);
        }
        return object;
    }

    private Object make() throws ReflectiveOperationException {
        if (constructor == null) {
            return instantiator.newInstance();
        }
        try {
            return constructor.newInstance();
        } catch (InvocationTargetException failed) {
            return instantiator.newInstance();
        }
    }
}
