package io.procession.internal.child;

import io.procession.internal.connection.Connections;
import java.lang.invoke.MethodHandles;

/**
 * Spreads the cost of a program's first start over two cores. Nearly all of it is the loading of classes, and some do not depend on
 * what is started: while the caller encodes the function and makes the family's directory, a second thread finds the flags of this JVM and has the JDK load its
 * processes (10 ms). Whoever needs one of these earlier waits for it, or loads it himself; nothing here can fail a start. What the child's end will
 * need comes last, when the child is on its way.
 *
 * <p>What costs most is left out instead. On the way of a first start, here and in the child, there are no lambdas (the first of a JVM costs 10 ms, each other half
 * of one), no management beans, and nothing that has a {@link java.util.ServiceLoader} look through the class path, since that opens each jar
 * of it: selectors and sockets do, so the control channel comes later ({@link ControlPoint}).
 */
final class ColdStart {
    private static boolean begun; // guarded by the class

    private ColdStart() {}

    static synchronized void begin() {
        if (!begun) {
            begun = true;
            try {
                new Loading().start();
            } catch (OutOfMemoryError noMoreThreads) {
                // then the caller loads all of it
            }
        }
    }

    private static final class Loading extends Thread {
        Loading() {
            super("procession-cold-start");
            setDaemon(true);
        }

        @Override
        public void run() {
            try {
                InheritableFlags.current();
                Class.forName("java.lang.ProcessImpl");
                Class.forName("java.util.concurrent.CompletableFuture");
                for (Class<?> neededAtTheEnd : new Class<?>[] {Connections.class, CrashReport.class, Evidence.class}) {
                    MethodHandles.lookup().ensureInitialized(neededAtTheEnd);
                }
            } catch (ReflectiveOperationException | RuntimeException | Error e) {
                // whoever needs it meets the same, and says so
            }
        }
    }
}
