package io.procession.internal.codec;

import java.lang.reflect.Modifier;
import java.util.Set;
import java.util.TreeSet;

/** What is said of values that cannot travel, and what can be done about it. */
final class Refusals {
    static final String TOO_DEEP =
            "the value is nested deeper than any stack allows (a very long chain of objects that each hold the next?); put"
                    + " the parts into a list instead";
    static final String TOO_DEEP_TO_READ = "the bytes are not a value: nested deeper than any stack allows";

    private static final String ANEW = "what is needed to make it anew in the other process, such as a name or a path";

    private Refusals() {}

    /** What can be done about a value that cannot be sent, at the place where it was found. */
    static String remedy(CharSequence path) {
        String place = path.toString();
        if (place.isEmpty()) {
            return "; send or return " + ANEW;
        }
        if (place.endsWith("]")) {
            return "; leave it out, or put in " + ANEW;
        }
        if (!place.endsWith(")")) {
            return "; make the field transient (in a record, leave it out), or keep in it " + ANEW;
        }
        return place.startsWith("(captured this", Math.max(0, place.lastIndexOf("(captured ")))
                ? "; make the method static, or copy what the lambda needs into local variables, so that it captures these alone"
                : "; do not use it in the lambda: make it there, or capture " + ANEW;
    }

    static Refusal ofJdk(Class<?> type) {
        return Refusal.hopeless(type.getName() + " is not serialisable: it means something in this process only");
    }

    static Refusal ofBase(Class<?> type, Class<?> base) {
        return Refusal.hopeless(type.getName() + " is not serialisable: it extends " + base.getName()
                + ", whose state is closed, and does not implement java.io.Serializable");
    }

    static Refusal ofClosed(Class<?> type) {
        return new Refusal(type.getName() + " is not serialisable: the module "
                + type.getModule().getName()
                + " does not open the package " + type.getPackageName()
                + "; add 'opens " + type.getPackageName() + " to io.procession.core;' to its module-info,"
                + " or let the class implement java.io.Serializable");
    }

    static Refusal ofLambda(Class<?> type) {
        Class<?>[] interfaces = type.getInterfaces();
        String typedAs = interfaces.length == 0 ? type.getName() : interfaces[0].getName();
        String in = type.getName().substring(0, Math.max(0, type.getName().indexOf("$$Lambda")));
        return new Refusal("a lambda in " + in + " typed as " + typedAs
                + " is not serialisable: Java makes a lambda serialisable only if the type it is written for extends"
                + " java.io.Serializable; type it as io.procession.task.Task, Action or TaskFunction, or cast it where it"
                + " is written, as in (" + Names.afterLast(typedAs, '.').replace('$', '.')
                + " & java.io.Serializable), or use a named class that implements both");
    }

    static Refusal ofHidden(Class<?> type) {
        return Refusal.hopeless(type.getName()
                + " is not serialisable: the class was made at run time and exists in this process only");
    }

    static Refusal ofTransport(Handle handle, EncodeTarget target) {
        String transport = handle.address().transport();
        Set<String> others = target.transports() == null ? Set.of() : new TreeSet<>(target.transports());
        return new Refusal(handle.describe() + " is reached by the transport '" + transport + "', which "
                + target.name() + " does not have (it has "
                + (others.isEmpty() ? "none" : String.join(", ", others)) + "); add procession-transport-" + transport
                + " to its class path"
                + (others.isEmpty() ? "" : ", or create the object with one of those transports"));
    }

    static boolean isInstanceField(java.lang.reflect.Field field) {
        return !Modifier.isStatic(field.getModifiers());
    }
}
