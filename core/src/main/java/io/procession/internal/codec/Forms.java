package io.procession.internal.codec;

import java.io.Externalizable;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.lang.reflect.Field;
import java.lang.reflect.Proxy;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.nio.Buffer;
import java.nio.file.Path;
import java.util.Collection;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Chooses the form for a class, once a class. */
final class Forms {
    private static final ClassValue<Form> FORMS = new ClassValue<>() {
        @Override
        protected Form computeValue(Class<?> type) {
            return choose(type);
        }
    };

    private Forms() {}

    /** The form of a class. */
    static Form of(Class<?> type) {
        return FORMS.get(type);
    }

    private static Form choose(Class<?> type) {
        if (Portable.class.isAssignableFrom(type)) {
            return new HandleForm();
        }
        if (type.isArray()) {
            return type.getComponentType().isPrimitive()
                    ? new PrimitiveArrayForm(type.getComponentType())
                    : new ObjectArrayForm(type.getComponentType());
        }
        if (Enum.class.isAssignableFrom(type)) {
            return new EnumForm(type);
        }
        if (Throwable.class.isAssignableFrom(type)) {
            return new ThrowableForm();
        }
        if (isLambda(type)) {
            if (Serializable.class.isAssignableFrom(type)) {
                return new LambdaForm();
            }
            throw Refusals.ofLambda(type);
        }
        if (Classes.isOfJdk(type)) {
            return ofJdk(type);
        }
        return ofUser(type);
    }

    static boolean isLambda(Class<?> type) {
        return (type.isHidden() || type.isSynthetic()) && type.getName().contains("$$Lambda");
    }

    private static Form ofJdk(Class<?> type) {
        Form form = scalar(type);
        if (form != null) {
            return form;
        }
        form = container(type);
        if (form != null) {
            return form;
        }
        if (Path.class.isAssignableFrom(type)) {
            return new PathForm();
        }
        if (Buffer.class.isAssignableFrom(type)) {
            return new BufferForm();
        }
        if (Serializable.class.isAssignableFrom(type)) {
            return new JavaForm();
        }
        form = Containers.lastResort(type);
        if (form != null) {
            return form;
        }
        throw Refusals.ofJdk(type);
    }

    private static @Nullable Form scalar(Class<?> type) {
        if (type == Long.class) {
            return new Scalars(Tag.LONG);
        } else if (type == Boolean.class) {
            return new Scalars(Tag.TRUE);
        } else if (type == Double.class) {
            return new Scalars(Tag.DOUBLE);
        } else if (type == Float.class) {
            return new Scalars(Tag.FLOAT);
        } else if (type == Byte.class) {
            return new Scalars(Tag.BYTE);
        } else if (type == Short.class) {
            return new Scalars(Tag.SHORT);
        } else if (type == Character.class) {
            return new Scalars(Tag.CHARACTER);
        } else if (type == BigInteger.class) {
            return new Scalars(Tag.BIG_INTEGER);
        } else if (type == BigDecimal.class) {
            return new Scalars(Tag.BIG_DECIMAL);
        } else if (type == UUID.class) {
            return new UuidForm();
        } else if (type == URI.class) {
            return new UriForm();
        } else if (type == Class.class) {
            return new ClassForm();
        }
        return TimeForm.serves(type) ? new TimeForm(type) : null;
    }

    private static @Nullable Form container(Class<?> type) {
        if (type.getName().startsWith("java.util.Optional")) {
            return new OptionalForm(type);
        } else if (type == EnumMap.class) {
            return new EnumMapForm();
        } else if (EnumSet.class.isAssignableFrom(type)) {
            return new EnumSetForm();
        } else if (Map.Entry.class.isAssignableFrom(type)) {
            return new EntryForm();
        } else if (Collection.class.isAssignableFrom(type)) {
            return Containers.collection(type);
        } else if (Map.class.isAssignableFrom(type)) {
            return Containers.map(type);
        }
        return null;
    }

    private static Form ofUser(Class<?> type) {
        String stays = Immobile.reason(type);
        if (stays != null) {
            throw new Refusal(stays);
        }
        boolean serializable = Serializable.class.isAssignableFrom(type);
        if ((Proxy.isProxyClass(type) && serializable) || saysHowItself(type)) {
            return new JavaForm();
        }
        if (type.isHidden() || Proxy.isProxyClass(type)) {
            throw Refusals.ofHidden(type);
        }
        if (!isOpen(type)) {
            if (serializable) {
                return new JavaForm();
            }
            throw Refusals.ofClosed(type);
        }
        if (type.isRecord()) {
            return new RecordForm(type);
        }
        Class<?> base = closedBase(type);
        if (base == null) {
            return new ObjectForm(type);
        }
        if (serializable) {
            return new JavaForm();
        }
        throw Refusals.ofBase(type, base);
    }

    /** Opened to this library in all classes that have fields; always so on the class path. */
    private static boolean isOpen(Class<?> type) {
        Module own = Forms.class.getModule();
        for (Class<?> c = type; c != null && !Classes.isOfJdk(c); c = c.getSuperclass()) {
            if (!c.getModule().isOpen(c.getPackageName(), own)) {
                return false;
            }
        }
        return true;
    }

    /** The first class of the JDK above the type that has fields: only Java serialisation reaches those. */
    private static @Nullable Class<?> closedBase(Class<?> type) {
        for (Class<?> c = type.getSuperclass(); c != null; c = c.getSuperclass()) {
            if (Classes.isOfJdk(c)) {
                for (Field field : c.getDeclaredFields()) {
                    if (Refusals.isInstanceField(field)) {
                        return c;
                    }
                }
            }
        }
        return null;
    }

    /** Whether the class, or one it extends, takes part in Java serialisation by code of its own. */
    private static boolean saysHowItself(Class<?> type) {
        if (!Serializable.class.isAssignableFrom(type)) {
            return false;
        }
        if (Externalizable.class.isAssignableFrom(type)) {
            return true;
        }
        for (Class<?> c = type; c != null && !Classes.isOfJdk(c); c = c.getSuperclass()) {
            if (has(c, "writeReplace")
                    || has(c, "readResolve")
                    || has(c, "writeObject", ObjectOutputStream.class)
                    || has(c, "readObject", ObjectInputStream.class)) {
                return true;
            }
        }
        return false;
    }

    private static boolean has(Class<?> type, String method, Class<?>... parameters) {
        try {
            return type.getDeclaredMethod(method, parameters) != null;
        } catch (NoSuchMethodException | LinkageError none) {
            return false;
        }
    }
}
