package io.procession.internal.child;

/**
 * Lets this process ignore SIGINT: Ctrl-C reaches the whole process group of a terminal, and it is the parent that decides what
 * becomes of its children. By reflection, because {@code sun.misc.Signal} is not of the Java SE platform and may be absent; costs 1 ms on
 * 17 and 9 on 25, for which the main thread does not wait.
 */
final class IgnoredInterrupt {
    private IgnoredInterrupt() {}

    static void install() {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            Object ignore = handler.getField("SIG_IGN").get(null);
            signal.getMethod("handle", signal, handler)
                    .invoke(null, signal.getConstructor(String.class).newInstance("INT"), ignore);
        } catch (ReflectiveOperationException | RuntimeException absentOrReserved) {
            // Without jdk.unsupported, or under -Xrs, Ctrl-C ends this child along with the terminal's other processes.
        }
    }
}
