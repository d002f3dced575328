package io.procession.tck.pool;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;

/**
 * Overflows a stack in native code without native code of its own: before a class is initialised the JVM links all its superclasses, in C++, one inside the
 * other. A chain of some thousand classes is more than a small stack takes, and there is no Java frame between that could be told.
 */
final class NativeDepth extends ClassLoader {
    private static final int CLASSES = 2000;
    private static final int STACK_BYTES = 200 << 10;

    private NativeDepth() {
        super(NativeDepth.class.getClassLoader());
    }

    static int overflow() throws IOException, InterruptedException {
        NativeDepth loader = new NativeDepth();
        String parent = "java/lang/Object";
        for (int i = 0; i < CLASSES; i++) {
            String name = "Chain" + i;
            byte[] file = emptyClass(name, parent);
            loader.defineClass(name, file, 0, file.length);
            parent = name;
        }
        String deepest = parent;
        Thread thread = new Thread(
                null,
                () -> {
                    try {
                        Class.forName(deepest, true, loader);
                    } catch (ClassNotFoundException e) {
                        throw new AssertionError(e);
                    }
                },
                "deep",
                STACK_BYTES);
        thread.start();
        thread.join();
        throw new AssertionError("the stack was deep enough");
    }

    /** A public class without members, in the form of the Java Virtual Machine Specification, chapter 4. */
    private static byte[] emptyClass(String name, String parent) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeInt(0xCAFEBABE);
        out.writeInt(61); // of Java 17
        out.writeShort(5);
        for (String each : new String[] {name, parent}) {
            out.writeByte(1);
            out.writeUTF(each);
            out.writeByte(7);
            out.writeShort(each.equals(name) ? 1 : 3);
        }
        out.writeShort(0x21); // public, super
        out.writeShort(2);
        out.writeShort(4);
        out.writeLong(0); // no interfaces, fields, methods, attributes
        return bytes.toByteArray();
    }
}
