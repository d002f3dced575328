package io.procession.internal.codec;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Growing memory for one message: a small array that doubles while that is cheap, then pieces that are never copied again, and
 * between them what is borrowed from the caller.
 */
final class ByteSink {
    /** Up to here one array that grows, by copying, beats several pieces. */
    private static final int LARGEST_COPIED = 1 << 16;

    private static final int LARGEST_PIECE = 1 << 20;
    /** Below this a copy is cheaper than one more part to send. */
    private static final int SMALLEST_BORROWED = 1 << 12;

    private byte[] piece;
    private int start;
    private int position;
    private long finishedBytes;
    private List<ByteBuffer> parts = List.of();
    private boolean borrows;

    ByteSink(int firstBytes) {
        piece = new byte[firstBytes];
    }

    void put(int oneByte) {
        if (position == piece.length) {
            grow(1);
        }
        piece[position++] = (byte) oneByte;
    }

    void putVarint(int value) {
        if (position + 5 > piece.length) {
            grow(5);
        }
        byte[] to = piece;
        int at = position;
        int rest = value;
        while ((rest & ~0x7F) != 0) {
            to[at++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        to[at++] = (byte) rest;
        position = at;
    }

    void putVarlong(long value) {
        if (position + 10 > piece.length) {
            grow(10);
        }
        byte[] to = piece;
        int at = position;
        long rest = value;
        while ((rest & ~0x7FL) != 0) {
            to[at++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        to[at++] = (byte) rest;
        position = at;
    }

    void putZigzag(int value) {
        putVarint((value << 1) ^ (value >> 31));
    }

    void putZigzag(long value) {
        putVarlong((value << 1) ^ (value >> 63));
    }

    /** Little-endian, the lowest {@code width} bytes. */
    void putFixed(long value, int width) {
        int at = reserve(width);
        for (int i = 0; i < width; i++) {
            piece[at + i] = (byte) (value >>> (i << 3));
        }
    }

    void put(byte[] bytes, int offset, int length) {
        System.arraycopy(bytes, offset, array(length), reserve(length), length);
    }

    /** Takes the bytes without copying if they are many. */
    void borrow(byte[] bytes, int offset, int length) {
        if (length < SMALLEST_BORROWED) {
            put(bytes, offset, length);
            return;
        }
        checkRoom(length);
        finishPiece();
        add(ByteBuffer.wrap(bytes, offset, length).slice());
        borrows = true;
    }

    /** Makes room, so that {@link #array()} and {@link #reserve} give {@code length} bytes in one array. */
    private byte[] array(int length) {
        if (length > piece.length - position) {
            grow(length);
        }
        return piece;
    }

    /** The array in which the last reserved bytes lie. */
    byte[] array() {
        return piece;
    }

    /** Skips {@code length} bytes in {@link #array()} and returns where they begin. */
    int reserve(int length) {
        array(length);
        int at = position;
        position += length;
        return at;
    }

    /** Gives back the end of what was reserved. */
    void giveBack(int length) {
        position -= length;
    }

    void append(ByteSink other) {
        if (other.parts.isEmpty()) {
            put(other.piece, other.start, other.position - other.start);
            return;
        }
        checkRoom(other.sizeBytes());
        finishPiece();
        other.finishPiece();
        for (int i = 0; i < other.parts.size(); i++) {
            add(other.parts.get(i));
        }
        borrows |= other.borrows;
    }

    long sizeBytes() {
        return finishedBytes + (position - start);
    }

    /** Refuses what would become too large, before memory is taken for it. */
    void checkRoom(long more) {
        if (sizeBytes() + more > Codec.MAX_SIZE_BYTES) {
            throw new Refusal("the value takes more than 1 GiB as bytes (" + (sizeBytes() + more)
                    + " so far); send it in parts, or keep it in a file that both processes read");
        }
    }

    private void grow(int more) {
        checkRoom(more);
        int used = position - start;
        if (used + more <= LARGEST_COPIED) {
            byte[] larger = new byte[Math.max(2 * piece.length, used + more)];
            System.arraycopy(piece, start, larger, 0, used);
            piece = larger;
            start = 0;
            position = used;
            return;
        }
        int last = piece.length;
        finishPiece();
        piece = new byte[Math.max(more, Math.min(LARGEST_PIECE, 4 * last))];
        start = 0;
        position = 0;
    }

    /** What is behind in the same array serves the bytes that follow. */
    private void finishPiece() {
        if (position > start) {
            add(ByteBuffer.wrap(piece, start, position - start).slice());
            start = position;
        }
    }

    private void add(ByteBuffer part) {
        if (parts.isEmpty()) {
            parts = new ArrayList<>(4);
        }
        parts.add(part);
        finishedBytes += part.remaining();
    }

    Encoded toEncoded(List<Shape> shapes, Map<String, Handle> handles) {
        if (parts.isEmpty()) {
            return new Encoded(
                    List.of(ByteBuffer.wrap(piece, start, position - start).slice()), shapes, handles, false);
        }
        finishPiece();
        return new Encoded(parts, shapes, handles, borrows);
    }

    byte[] toBytes() {
        byte[] all = new byte[Math.toIntExact(sizeBytes())];
        int at = 0;
        for (int i = 0; i < parts.size(); i++) {
            ByteBuffer part = parts.get(i);
            part.get(part.position(), all, at, part.remaining());
            at += part.remaining();
        }
        System.arraycopy(piece, start, all, at, position - start);
        return all;
    }
}
