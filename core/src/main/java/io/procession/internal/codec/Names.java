package io.procession.internal.codec;

import java.lang.invoke.SerializedLambda;
import org.jspecify.annotations.Nullable;

/** What things are called in errors. */
final class Names {
    private static final String COMPILED = "lambda$";

    private Names() {}

    /** How a path begins. */
    static String ofRoot(@Nullable Object root) {
        if (root == null) {
            return "null";
        }
        if (Forms.isLambda(root.getClass()) && root instanceof java.io.Serializable) {
            return LambdaForm.describe(root);
        }
        return ofType(root.getClass());
    }

    static String ofType(Class<?> type) {
        String simple = type.getSimpleName();
        return simple.isEmpty() ? afterLast(type.getName(), '.') : simple;
    }

    /** The method in which it is written, which the compiler keeps in {@code lambda$method$hash$number}. */
    static String ofLambda(SerializedLambda lambda) {
        String in = inSource(lambda.getCapturingClass());
        String method = lambda.getImplMethodName();
        if (!method.startsWith(COMPILED)) {
            return inSource(lambda.getImplClass()) + "::" + (method.equals("<init>") ? "new" : method);
        }
        String written = method.substring(COMPILED.length());
        written = written.substring(0, Math.max(0, written.lastIndexOf('$')));
        int hash = written.lastIndexOf('$');
        written = hash > 0 ? written.substring(0, hash) : written;
        String where = switch (written) {
            case "new" -> "constructor of " + in;
            case "static" -> "static initializer of " + in;
            default -> in + "." + written;
        };
        return "lambda in " + where;
    }

    private static String inSource(String internalName) {
        return afterLast(internalName, '/').replace('$', '.');
    }

    /** A captured value, as a step of a path. The receiver of a method written in the class itself is its {@code this}. */
    static String ofCaptured(SerializedLambda lambda, int index) {
        Object value = lambda.getCapturedArg(index);
        boolean self = index == 0
                && lambda.getImplMethodKind() != java.lang.invoke.MethodHandleInfo.REF_invokeStatic
                && lambda.getImplMethodName().startsWith(COMPILED);
        String type = value == null ? "null" : ofType(value.getClass());
        return self ? "(captured this: " + type + ")" : "(captured value " + (index + 1) + ": " + type + ")";
    }

    /** A key of a map, as far as it can be told without calling code of the user. */
    static String ofKey(@Nullable Object key) {
        if (key instanceof String text) {
            return "\"" + (text.length() > 40 ? text.substring(0, 40) + "..." : text) + "\"";
        } else if (key instanceof Number || key instanceof Enum || key instanceof Character || key instanceof Boolean) {
            return key.toString();
        }
        return key == null ? "null" : ofType(key.getClass());
    }

    static String afterLast(String name, char separator) {
        return name.substring(name.lastIndexOf(separator) + 1);
    }
}
