package io.procession.transport.socket;

import java.io.DataInputStream;
import java.io.FileInputStream;
import java.io.IOException;
import java.security.SecureRandom;

/** Bytes nobody can guess. */
final class Secret {
    private Secret() {}

    /** From the kernel itself where it can be asked: a cold {@link SecureRandom} costs 20 to 40 ms. */
    static byte[] random(int count) {
        byte[] bytes = new byte[count];
        try (DataInputStream kernel = new DataInputStream(new FileInputStream("/dev/urandom"))) {
            kernel.readFully(bytes);
        } catch (IOException notThatKindOfSystem) {
            new SecureRandom().nextBytes(bytes);
        }
        return bytes;
    }

    /** Compares in a time that does not depend on where two secrets of one length differ. */
    static boolean equal(byte[] one, byte[] other) {
        if (one.length != other.length) {
            return false;
        }
        int difference = 0;
        for (int i = 0; i < one.length; i++) {
            difference |= one[i] ^ other[i];
        }
        return difference == 0;
    }
}
