package io.procession.internal.codec;

import static java.util.Objects.requireNonNull;

import java.lang.invoke.SerializedLambda;
import org.jspecify.annotations.Nullable;

/**
 * A lambda or method reference: its shape, then its captured values. One form serves one place in the code, as each has a class of
 * its own.
 */
final class LambdaForm implements Form {
    /** Null until the first lambda was seen, and for good if the module of the lambda is not open to us. */
    private volatile @Nullable HiddenMethod writeReplace;

    private volatile boolean closed;
    private volatile @Nullable Shape shape;
    private volatile int capturedCount;

    @Override
    public void write(Encoder out, Object value) {
        if (out.wroteReference(value)) {
            return;
        }
        out.sink().put(Tag.LAMBDA);
        Shape known = shape;
        if (known != null && capturedCount == 0) {
            out.writeShape(known);
            return;
        }
        SerializedLambda lambda = replacementOf(value);
        if (known == null) {
            known = LambdaShape.of(lambda);
            // SYNC: the count is written before the shape, and read after it in write().
            capturedCount = lambda.getCapturedArgCount();
            shape = known;
        }
        out.writeShape(known);
        out.madeFromParts();
        for (int i = 0; i < lambda.getCapturedArgCount(); i++) {
            writeCaptured(out, lambda, i);
        }
        out.completed();
    }

    private static void writeCaptured(Encoder out, SerializedLambda lambda, int index) {
        try {
            out.writeValue(lambda.getCapturedArg(index));
        } catch (Refusal refusal) {
            throw refusal.under(Names.ofCaptured(lambda, index));
        }
    }

    private SerializedLambda replacementOf(Object lambda) {
        if (!closed) {
            HiddenMethod method = writeReplace;
            if (method == null) {
                method = openWriteReplace(lambda.getClass());
                writeReplace = method;
                closed = method == null;
            }
            if (method != null) {
                return replacementBy(method, lambda);
            }
        }
        return LambdaStreams.replacementOf(lambda);
    }

    private static @Nullable HiddenMethod openWriteReplace(Class<?> type) {
        try {
            return HiddenMethod.ofObjects(type, "writeReplace");
        } catch (NoSuchMethodException noLambda) {
            return null;
        }
    }

    private static SerializedLambda replacementBy(HiddenMethod method, Object lambda) {
        try {
            return (SerializedLambda) requireNonNull(method.call(lambda));
        } catch (Throwable failed) {
            throw new Refusal("the lambda " + lambda.getClass().getName() + " does not tell what it is", failed);
        }
    }

    /** What to call a serialisable lambda in an error. */
    static String describe(Object lambda) {
        return Forms.of(lambda.getClass()) instanceof LambdaForm form
                ? Names.ofLambda(form.replacementOf(lambda))
                : Names.ofType(lambda.getClass());
    }

    static Object read(Decoder in) {
        int number = in.reserve();
        LambdaShape shape = in.shape().asLambda(in);
        @Nullable Object[] captured = new @Nullable Object[shape.capturedCount()];
        for (int i = 0; i < captured.length; i++) {
            captured[i] = in.readValue();
        }
        return in.completed(number, shape.make(captured));
    }
}
