package io.procession.internal.codec;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import org.jspecify.annotations.Nullable;

/**
 * A method that the compiler has made for serialisation: of one object without arguments, or static with one argument. The first calls are reflective, since
 * to link a method handle costs a cold JVM 3 ms, which most processes would pay for one call. Later ones are by handle: reflection would generate a class at
 * its 16th call.
 */
final class HiddenMethod {
    private static final MethodType OF_OBJECT = MethodType.methodType(Object.class, Object.class);
    private static final int REFLECTIVE_CALLS = 8;

    private final Method method;
    private final boolean isStatic;
    private int calls; // how exactly it is counted does not matter
    private volatile @Nullable MethodHandle handle;

    private HiddenMethod(Method method, boolean isStatic) {
        this.method = method;
        this.isStatic = isStatic;
    }

    /** A static method; null if the module of the class is not open to us. */
    static @Nullable HiddenMethod ofClass(Class<?> type, String name, Class<?> parameter) throws NoSuchMethodException {
        Method method = type.getDeclaredMethod(name, parameter);
        return method.trySetAccessible() ? new HiddenMethod(method, true) : null;
    }

    /** A method of objects; null if the module of their class is not open to us. */
    static @Nullable HiddenMethod ofObjects(Class<?> type, String name) throws NoSuchMethodException {
        Method method = type.getDeclaredMethod(name);
        return method.trySetAccessible() ? new HiddenMethod(method, false) : null;
    }

    /**
     * Calls it.
     *
     * @param subject the object, or the argument
     * @throws Throwable what the method throws
     */
    @Nullable
    Object call(Object subject) throws Throwable {
        MethodHandle linked = handle;
        if (linked == null && calls++ < REFLECTIVE_CALLS) {
            try {
                return isStatic ? method.invoke(null, subject) : method.invoke(subject);
            } catch (InvocationTargetException e) {
                throw e.getCause() == null ? e : e.getCause();
            }
        }
        if (linked == null) {
            linked = MethodHandles.lookup().unreflect(method).asType(OF_OBJECT);
            handle = linked;
        }
        return (Object) linked.invokeExact(subject);
    }
}
