package io.procession.internal.family;

import java.io.DataInputStream;
import java.io.FileInputStream;
import java.io.IOException;
import java.security.SecureRandom;

/** Unpredictable bytes from the kernel itself: a cold {@link SecureRandom} costs 20 to 40 ms, {@code /dev/urandom} 0.1. */
public final class Randomness {
    private Randomness() {}

    /** Fresh bytes, fit to be a secret. */
    public static byte[] bytes(int count) {
        byte[] bytes = new byte[count];
        try (DataInputStream kernel = new DataInputStream(new FileInputStream("/dev/urandom"))) {
            kernel.readFully(bytes);
        } catch (IOException notThatKindOfSystem) {
            new SecureRandom().nextBytes(bytes);
        }
        return bytes;
    }

    /** A fresh incarnation: positive and below 2^62, so that it is an offset that can be locked in a file. */
    static long incarnation() {
        long value = 0;
        while (value == 0) {
            for (byte each : bytes(Long.BYTES)) {
                value = value << 8 | (each & 0xff);
            }
            value &= (1L << 62) - 1;
        }
        return value;
    }
}
