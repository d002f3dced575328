package io.procession.internal.codec;

import io.procession.codec.SerializationException;
import java.lang.invoke.SerializedLambda;
import org.jspecify.annotations.Nullable;

/**
 * A place in the code where a lambda stands, as named in a message and found here. Lambdas are made by the method that the compiler
 * gave their class for that purpose; Java serialisation calls the same.
 *
 * @see SerializedLambda
 */
final class LambdaShape extends KnownShape.Resolved {
    static final int KIND = 2;
    /** The JVM allows a method 255 parameters. */
    private static final int MOST_CAPTURED = 255;

    private final Class<?> capturingClass;
    private final String[] parts;
    private final int implKind;
    private final int capturedCount;
    private final @Nullable HiddenMethod factory;
    /** The template for {@link LambdaStreams}, if the module of the class is not open to us. */
    private volatile byte @Nullable [] template;
    /** A lambda without captured values is the same object each time, as it is where it is written. */
    private volatile @Nullable Object onlyInstance;

    private LambdaShape(ClassLoader loader, Class<?> capturingClass, String[] parts, int implKind, int capturedCount) {
        super(loader);
        this.capturingClass = capturingClass;
        this.parts = parts;
        this.implKind = implKind;
        this.capturedCount = capturedCount;
        this.factory = openFactory();
    }

    static Shape of(SerializedLambda lambda) {
        ByteSink definition = new ByteSink(256);
        definition.put(KIND);
        Text.write(definition, lambda.getCapturingClass().replace('/', '.'));
        definition.put(lambda.getImplMethodKind());
        definition.putVarint(lambda.getCapturedArgCount());
        Text.write(definition, lambda.getFunctionalInterfaceClass());
        Text.write(definition, lambda.getFunctionalInterfaceMethodName());
        Text.write(definition, lambda.getFunctionalInterfaceMethodSignature());
        Text.write(definition, lambda.getImplClass());
        Text.write(definition, lambda.getImplMethodName());
        Text.write(definition, lambda.getImplMethodSignature());
        Text.write(definition, lambda.getInstantiatedMethodType());
        return Shapes.of(definition.toBytes());
    }

    static LambdaShape read(Decoder in) {
        String capturing = Text.read(in);
        int implKind = in.octet();
        int captured = in.varint();
        if (captured < 0 || captured > MOST_CAPTURED) {
            throw in.garbled("a lambda with " + captured + " captured values");
        }
        String[] parts = new String[7];
        for (int i = 0; i < parts.length; i++) {
            parts[i] = Text.read(in);
        }
        Class<?> type = Classes.find(capturing, in.classLoader());
        return new LambdaShape(in.classLoader(), type, parts, implKind, captured);
    }

    int capturedCount() {
        return capturedCount;
    }

    private @Nullable HiddenMethod openFactory() {
        try {
            return HiddenMethod.ofClass(capturingClass, "$deserializeLambda$", SerializedLambda.class);
        } catch (NoSuchMethodException | LinkageError different) {
            throw notHere(different);
        }
    }

    Object make(@Nullable Object[] captured) {
        Object only = onlyInstance;
        if (only != null) {
            return only;
        }
        Object made = factory != null ? makeBy(factory, captured) : makeByStream(captured);
        if (capturedCount == 0) {
            onlyInstance = made;
        }
        return made;
    }

    private Object makeBy(HiddenMethod method, @Nullable Object[] captured) {
        try {
            return checked(method.call(serialized(captured)));
        } catch (SerializationException told) {
            throw told;
        } catch (Throwable failed) {
            throw notHere(failed);
        }
    }

    private Object makeByStream(@Nullable Object[] captured) {
        byte[] bytes = template;
        if (bytes == null) {
            bytes = LambdaStreams.templateOf(serialized(LambdaStreams.slots(capturedCount)));
            template = bytes;
        }
        try {
            return checked(LambdaStreams.make(bytes, captured, capturingClass.getClassLoader()));
        } catch (java.io.IOException | ClassNotFoundException | IllegalArgumentException failed) {
            throw notHere(failed);
        }
    }

    private Object checked(@Nullable Object made) {
        if (made == null) {
            throw notHere(null);
        }
        return made;
    }

    private SerializedLambda serialized(@Nullable Object[] captured) {
        return new SerializedLambda(
                capturingClass,
                parts[0],
                parts[1],
                parts[2],
                implKind,
                parts[3],
                parts[4],
                parts[5],
                parts[6],
                captured);
    }

    private SerializationException notHere(@Nullable Throwable cause) {
        return new SerializationException(
                "",
                "the class " + capturingClass.getName() + ", loaded by "
                        + Classes.nameOf(capturingClass.getClassLoader())
                        + ", has no lambda " + parts[4] + " of type " + parts[0].replace('/', '.')
                        + " as in the process that sent it; both must run the same version",
                cause);
    }
}
