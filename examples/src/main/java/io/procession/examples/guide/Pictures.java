package io.procession.examples.guide;

import io.procession.pool.Pool;
import io.procession.transport.Transport;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.ServiceLoader;
import java.util.concurrent.locks.LockSupport;

/** Which transport for pictures of 2 MB, 50 a second? Tries all that work here and says how much of the 20 milliseconds for each is used. */
public final class Pictures {
    private static final int PICTURE_BYTES = 2_000_000;
    private static final long PERIOD_NANOS = 20_000_000;
    private static final int WARM_UPS = 20;

    private Pictures() {}

    /** Argument: how many pictures; 250, five seconds for each transport, if there is none. */
    public static void main(String[] arguments) throws Exception {
        int count = arguments.length == 0 ? 250 : Integer.parseInt(arguments[0]);
        List<String> transports = ServiceLoader.load(Transport.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(transport -> transport.availability().usable())
                .map(Transport::id)
                .toList();
        for (String transport : transports) {
            double[] millis = measure(transport, count);
            System.out.printf(
                    Locale.ROOT,
                    "%-7s half of the pictures within %.1f ms, 99 of 100 within %.1f ms; there are %d ms for each%n",
                    transport,
                    millis[count / 2],
                    millis[count * 99 / 100],
                    PERIOD_NANOS / 1_000_000);
        }
    }

    private static double[] measure(String transport, int count) throws Exception {
        byte[] picture = new byte[PICTURE_BYTES];
        double[] millis = new double[count];
        // region pictures
        try (Pool pool = Pool.builder().workers(1).transport(transport).build()) {
            long due = System.nanoTime();
            for (int i = -WARM_UPS; i < count; i++) {
                due += PERIOD_NANOS;
                LockSupport.parkNanos(due - System.nanoTime());
                long begin = System.nanoTime();
                pool.submit(() -> brightness(picture)).get(); // 2 MB there, a number back
                if (i >= 0) {
                    millis[i] = (System.nanoTime() - begin) / 1e6;
                }
            }
        }
        // endregion
        Arrays.sort(millis);
        return millis;
    }

    /** Looks at a pixel here and there, so that what is measured is the way. */
    private static long brightness(byte[] picture) {
        long sum = 0;
        for (int i = 0; i < picture.length; i += 4096) {
            sum += picture[i];
        }
        return sum;
    }
}
