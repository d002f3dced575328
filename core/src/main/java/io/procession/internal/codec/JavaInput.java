package io.procession.internal.codec;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InvalidClassException;
import java.io.ObjectInputFilter;
import java.io.ObjectInputStream;
import java.io.ObjectStreamClass;
import java.lang.reflect.Proxy;
import org.jspecify.annotations.Nullable;

/** Reads what {@link JavaOutput} wrote, with the loader of the message. */
final class JavaInput extends ObjectInputStream {
    private final Decoder in;

    JavaInput(Decoder in, int at, int length) throws IOException {
        super(new ByteArrayInputStream(in.array(), at, length));
        this.in = in;
        enableResolveObject(true);
        setObjectInputFilter(new LengthFilter(length));
    }

    @Override
    protected Class<?> resolveClass(ObjectStreamClass description) {
        return Classes.find(description.getName(), in.classLoader());
    }

    @Override
    protected Class<?> resolveProxyClass(String[] names) throws ClassNotFoundException {
        Class<?>[] interfaces = new Class<?>[names.length];
        for (int i = 0; i < names.length; i++) {
            interfaces[i] = Classes.find(names[i], in.classLoader());
        }
        try {
            return proxyClass(interfaces);
        } catch (IllegalArgumentException unfit) {
            throw new ClassNotFoundException("no proxy for " + String.join(", ", names), unfit);
        }
    }

    /** The only way to have the class without an object of it, and what Java serialisation itself does. */
    @SuppressWarnings("deprecation")
    private Class<?> proxyClass(Class<?>[] interfaces) {
        return Proxy.getProxyClass(in.classLoader(), interfaces);
    }

    @Override
    protected @Nullable Object resolveObject(Object object) throws InvalidClassException {
        return object instanceof JavaPart ? in.readValue() : object;
    }

    /**
     * Refuses arrays that are longer than their bytes allow, before memory is taken for them. Hash tables ask for more slots than
     * they have entries, so there is some room.
     */
    private static final class LengthFilter implements ObjectInputFilter {
        private final long longestArray;

        private LengthFilter(int lengthBytes) {
            longestArray = 64L + 2L * lengthBytes;
        }

        @Override
        public Status checkInput(FilterInfo info) {
            return info.arrayLength() > longestArray ? Status.REJECTED : Status.UNDECIDED;
        }
    }
}
