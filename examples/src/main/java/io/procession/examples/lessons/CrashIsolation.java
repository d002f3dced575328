package io.procession.examples.lessons;

import io.procession.pool.Pool;
import io.procession.pool.WorkerDiedException;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * A native library that crashes takes one worker with it and fails one task. In a thread it would have ended the program.
 *
 * <p>The library is played by the JDK's {@code Unsafe}, which reads an address that does not exist, as a wrong pointer in C does. The lines that begin with
 * {@code #} are the last words of the worker's JVM.
 */
public final class CrashIsolation {
    private CrashIsolation() {}

    /** Decodes five pictures, of which the third is broken. */
    public static void main(String[] arguments) {
        // region crash
        try (Pool pool = Pool.of(2)) {
            List<CompletableFuture<String>> pictures = new ArrayList<>();
            for (int number = 1; number <= 5; number++) {
                int picture = number;
                pictures.add(pool.submit(() -> decode(picture)));
            }
            for (CompletableFuture<String> picture : pictures) {
                try {
                    System.out.println(picture.join());
                } catch (CompletionException e) {
                    if (e.getCause() instanceof WorkerDiedException death) {
                        System.out.println("lost to " + death.signal().orElse("?") + " in pid " + death.pid());
                    }
                }
            }
        }
        // endregion
    }

    private static String decode(int picture) throws ReflectiveOperationException {
        if (picture == 3) {
            Class<?> library = Class.forName("sun.misc.Unsafe");
            Field instance = library.getDeclaredField("theUnsafe");
            instance.setAccessible(true);
            library.getMethod("getByte", long.class).invoke(instance.get(null), 42L);
        }
        return "picture " + picture;
    }
}
