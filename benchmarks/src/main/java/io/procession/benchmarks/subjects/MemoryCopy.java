package io.procession.benchmarks.subjects;

import java.nio.ByteBuffer;

/** Bytes copied out of an array into other memory, and from there into another array, on one thread: what shared memory cannot do without. Arguments: bytes of each, how many, warm-ups, samples, things that a sample is divided by. */
public final class MemoryCopy {
    private MemoryCopy() {}

    /** Runs. */
    public static void main(String[] arguments) throws Exception {
        int bytes = Integer.parseInt(arguments[0]);
        int count = Integer.parseInt(arguments[1]);
        ByteBuffer between = ByteBuffer.allocateDirect(bytes);
        byte[] from = new byte[bytes];
        byte[] to = new byte[bytes];
        Repeated.measureEach(
                Integer.parseInt(arguments[4]), Integer.parseInt(arguments[2]), Integer.parseInt(arguments[3]), () -> {
                    for (int i = 0; i < count; i++) {
                        between.clear().put(from);
                        between.flip().get(to);
                    }
                });
    }
}
