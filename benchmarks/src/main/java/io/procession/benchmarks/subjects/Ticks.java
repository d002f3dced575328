package io.procession.benchmarks.subjects;

import io.procession.benchmarks.harness.Samples;
import io.procession.benchmarks.harness.Usage;

/**
 * Counts messages that arrive and notes what one took, for each group of them: large ones, since a read brings many small messages at once. Prints its samples
 * when all have come. For one thread.
 */
final class Ticks {
    private static final int GROUP_BYTES = 2 << 20;

    private final int group;
    private final int warmUps;
    private final long[] nanos;
    private int received;
    private long groupBegan;
    private Usage before = Usage.UNKNOWN;

    Ticks(int messageBytes, int warmUps, int messages) {
        this.group = group(messageBytes);
        this.warmUps = warmUps;
        this.nanos = new long[Math.max(1, messages / group)];
    }

    private static int group(int messageBytes) {
        return Math.max(1, GROUP_BYTES / messageBytes);
    }

    /** How many messages have to be sent. */
    static int toSend(int messageBytes, int warmUps, int messages) {
        return warmUps + Math.max(1, messages / group(messageBytes)) * group(messageBytes);
    }

    /** A message has come; true if it was the last. */
    boolean tick() {
        int counted = ++received - warmUps;
        if (counted == 0) {
            before = Usage.now();
            groupBegan = System.nanoTime();
        } else if (counted > 0 && counted % group == 0) {
            long now = System.nanoTime();
            nanos[counted / group - 1] = (now - groupBegan) / group;
            groupBegan = now;
            if (counted == nanos.length * group) {
                Samples.print(
                        System.out, nanos, Usage.now().since(before).ofEach(group)); // a sample stands for a group
                return true;
            }
        }
        return false;
    }
}
