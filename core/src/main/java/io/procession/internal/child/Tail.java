package io.procession.internal.child;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The last bytes that went through, up to a bound. */
final class Tail {
    private static final int CAPACITY_BYTES = 8 * 1024;
    private static final int MAX_LINES = 40;

    private final byte[] ring = new byte[CAPACITY_BYTES];
    private long written;

    synchronized void add(byte[] bytes, int length) {
        for (int i = Math.max(0, length - CAPACITY_BYTES); i < length; i++) {
            ring[(int) ((written + i) % CAPACITY_BYTES)] = bytes[i];
        }
        written += length;
    }

    synchronized List<String> lines() {
        int size = (int) Math.min(written, CAPACITY_BYTES);
        byte[] last = new byte[size];
        for (int i = 0; i < size; i++) {
            last[i] = ring[(int) ((written - size + i) % CAPACITY_BYTES)];
        }
        List<String> lines = new ArrayList<>(Arrays.asList(new String(last, StandardCharsets.UTF_8).split("\\R", -1)));
        if (written > size) {
            lines.remove(0); // its beginning is lost
        }
        if (!lines.isEmpty() && lines.get(lines.size() - 1).isEmpty()) {
            lines.remove(lines.size() - 1);
        }
        return List.copyOf(lines.subList(Math.max(0, lines.size() - MAX_LINES), lines.size()));
    }
}
