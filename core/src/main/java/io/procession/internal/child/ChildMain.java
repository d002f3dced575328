package io.procession.internal.child;

import io.procession.internal.codec.Codec;
import io.procession.internal.codec.ShapeTable;
import io.procession.internal.connection.KnownTransports;
import io.procession.internal.family.Family;
import io.procession.task.Action;
import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;

/** The main class of every child. Its arguments: the bootstrap file and the argument file, both deleted at once. */
public final class ChildMain {
    private ChildMain() {}

    /**
     * Called by the JVM.
     *
     * @param arguments the paths of the bootstrap file and of the argument file
     * @throws Throwable what the entry threw: the JVM prints it and exits with 1 when the last non-daemon thread has ended
     */
    public static void main(String[] arguments) throws Throwable {
        Bootstrap bootstrap;
        Family family;
        try {
            bootstrap = readOnce(new File(arguments[0]), new File(arguments[1]));
            family = Family.join(bootstrap.membership());
        } catch (IOException parentGone) {
            System.err.println("procession: this child cannot start: " + parentGone.getMessage());
            Runtime.getRuntime().halt(1);
            return;
        }
        InheritableFlags.received(bootstrap.inheritableFlags());
        KnownTransports transports = bootstrap.transports();
        if (transports != null) {
            KnownTransports.inherit(transports);
        }
        ControlHandlers.on(ControlMessage.INTERRUPT, new Interrupt(Thread.currentThread()));
        new ControlClient(bootstrap, family).start();
        try {
            run(bootstrap.entry());
        } catch (Throwable uncaught) {
            leaveLastWords(family, uncaught);
            throw uncaught;
        }
    }

    private static Bootstrap readOnce(File bootstrapFile, File argumentFile) throws IOException {
        Bootstrap bootstrap = Bootstrap.read(bootstrapFile);
        bootstrapFile.delete();
        argumentFile.delete();
        for (Map.Entry<String, String> setting : bootstrap.settings().entrySet()) {
            if (System.getProperty(setting.getKey()) == null) { // one given for this child alone stands
                System.setProperty(setting.getKey(), setting.getValue());
            }
        }
        return bootstrap;
    }

    private static void run(Entry entry) throws Throwable {
        ByteBuffer payload = entry.payload().get(0);
        switch (entry.kind()) {
            case ACTION -> decode(payload).perform();
            case MAIN -> runMain(entry.className(), entry.arguments());
            case INTERNAL -> {
                Constructor<?> constructor = load(entry.className()).getDeclaredConstructor();
                constructor.setAccessible(true);
                ((ChildEntry) constructor.newInstance()).run(payload);
            }
        }
    }

    private static Action decode(ByteBuffer payload) {
        Object action = Codec.standard().decode(payload, new ShapeTable());
        return (Action) java.util.Objects.requireNonNull(action);
    }

    private static void runMain(String className, List<String> arguments) throws Throwable {
        Method main = load(className).getDeclaredMethod("main", String[].class);
        main.setAccessible(true);
        try {
            main.invoke(null, (Object) arguments.toArray(new String[0]));
        } catch (InvocationTargetException e) {
            throw e.getCause() == null ? e : e.getCause();
        }
    }

    private static Class<?> load(String className) throws ClassNotFoundException {
        return Class.forName(className, true, ClassLoader.getSystemClassLoader());
    }

    private static void leaveLastWords(Family family, Throwable uncaught) {
        try {
            StringWriter text = new StringWriter();
            uncaught.printStackTrace(new PrintWriter(text, true));
            family.status().lastWords(text.toString());
        } catch (RuntimeException | Error e) {
            // Out of memory or disk: stderr still gets the trace, which the JVM prints.
        }
    }

    private static final class Interrupt implements ControlHandlers.Handler {
        private final Thread main;

        Interrupt(Thread main) {
            this.main = main;
        }

        @Override
        public void on(ByteBuffer payload) {
            if (payload.get() != 0) {
                Children.interruptAll();
            }
            main.interrupt();
        }
    }
}
