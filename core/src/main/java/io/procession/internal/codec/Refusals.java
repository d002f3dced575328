package io.procession.internal.codec;

import java.lang.reflect.Modifier;

/** What is said of values that cannot travel, and what can be done about it. */
final class Refusals {
    static final String TOO_DEEP =
            "the value is nested deeper than any stack allows (a very long chain of objects that each hold the next?); put"
                    + " the parts into a list instead";
    static final String TOO_DEEP_TO_READ = "the bytes are not a value: nested deeper than any stack allows";

    private static final String REMEDY =
            "; make the field transient, or send what is needed to make it anew in the other process";

    private Refusals() {}

    static Refusal ofJdk(Class<?> type) {
        return new Refusal(type.getName() + " is not serialisable: it means something in this process only" + REMEDY);
    }

    static Refusal ofBase(Class<?> type, Class<?> base) {
        return new Refusal(type.getName() + " is not serialisable: it extends " + base.getName()
                + ", whose state is closed, and does not implement java.io.Serializable" + REMEDY);
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
        return new Refusal(type.getName() + " is not serialisable: the class was made at run time and exists in this"
                + " process only" + REMEDY);
    }

    static Refusal ofTransport(Object portable, Handle handle, EncodeTarget target) {
        return new Refusal(Names.ofType(portable.getClass()) + " is reached by the transport '"
                + handle.address().transport() + "', which " + target.name() + " does not have (it has "
                + target.transports() + "); add procession-transport-"
                + handle.address().transport()
                + " to its class path, or create the object with one of those transports");
    }

    static boolean isInstanceField(java.lang.reflect.Field field) {
        return !Modifier.isStatic(field.getModifiers());
    }
}
