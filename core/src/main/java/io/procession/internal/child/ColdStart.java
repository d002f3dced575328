package io.procession.internal.child;

import io.procession.internal.connection.Connections;
import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.net.StandardProtocolFamily;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;

/**
 * Spreads the cost of a program's first start over two cores. Nearly all of it is the loading of classes, and half of those do not depend on
 * what is started: while the caller encodes the function and makes the family's directory, a second thread has the JDK load its Unix-domain
 * sockets (25 ms, for they bring the security providers along), its management beans (which know the flags of this JVM, 12 ms) and its
 * processes (10 ms). Whoever needs one of these earlier waits for it, or loads it himself; nothing here can fail a start. What the child's end will
 * need comes last, when the child is on its way.
 */
final class ColdStart {
    private static boolean begun; // guarded by the class

    private ColdStart() {}

    static synchronized void begin() {
        if (!begun) {
            begun = true;
            try {
                Thread thread = new Thread(null, ColdStart::load, "procession-cold-start");
                thread.setDaemon(true);
                thread.start();
            } catch (OutOfMemoryError noMoreThreads) {
                // then the caller loads all of it
            }
        }
    }

    private static void load() {
        try {
            ServerSocketChannel.open(StandardProtocolFamily.UNIX).close();
            Selector.open().close();
            InheritableFlags.current();
            Class.forName("java.lang.ProcessImpl");
            Class.forName("java.util.concurrent.CompletableFuture");
            for (Class<?> neededAtTheEnd : new Class<?>[] {Connections.class, CrashReport.class, Evidence.class}) {
                MethodHandles.lookup().ensureInitialized(neededAtTheEnd);
            }
        } catch (IOException | ReflectiveOperationException | RuntimeException | Error e) {
            // whoever needs it meets the same, and says so
        }
    }
}
