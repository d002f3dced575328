package io.procession.transport.socket;

import java.util.Arrays;
import java.util.Random;

/** Damages bytes in the ways that find defects of parsers: bits, lengths, cuts, repeats, and other bytes altogether. */
final class Mutations {
    private static final int[] LENGTHS = {
        0, 1, 3, 4, 5, 12, 255, 256, 65_535, 65_536, 65_537, -1, Integer.MIN_VALUE, Integer.MAX_VALUE
    };

    private final Random random;

    Mutations(Random random) {
        this.random = random;
    }

    /** One to four damages, or, now and then, none. */
    byte[] of(byte[] honest) {
        byte[] bytes = honest.clone();
        for (int left = random.nextInt(5); left > 0; left--) {
            bytes = once(bytes);
        }
        return bytes;
    }

    private byte[] once(byte[] bytes) {
        if (bytes.length == 0) {
            return new byte[] {(byte) random.nextInt()};
        }
        int at = random.nextInt(bytes.length);
        switch (random.nextInt(6)) {
            case 0 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
            case 1 -> bytes[at] = (byte) random.nextInt();
            case 2 -> putLength(bytes, at);
            case 3 -> {
                return Arrays.copyOf(bytes, at);
            }
            case 4 -> {
                byte[] longer = Arrays.copyOf(bytes, bytes.length + 1 + random.nextInt(8));
                System.arraycopy(bytes, at, longer, at + longer.length - bytes.length, bytes.length - at);
                return longer;
            }
            default -> {
                byte[] other = new byte[random.nextInt(80)];
                random.nextBytes(other);
                return other;
            }
        }
        return bytes;
    }

    private void putLength(byte[] bytes, int at) {
        int length = LENGTHS[random.nextInt(LENGTHS.length)];
        for (int i = 0; i < 4 && at + i < bytes.length; i++) {
            bytes[at + i] = (byte) (length >>> (24 - 8 * i));
        }
    }
}
