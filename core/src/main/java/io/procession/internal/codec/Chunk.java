package io.procession.internal.codec;

import org.jspecify.annotations.Nullable;

/**
 * A row of values, as in a list or an array. Where all are of one type, the type is said once: numbers are packed into as many bytes
 * as their range needs, text and objects lose their tags and class names. The count stands before the chunk; an empty one has no
 * bytes.
 */
final class Chunk {
    private static final int MIXED = 0;
    private static final int INTEGERS = 1;
    private static final int LONGS = 2;
    private static final int DOUBLES = 3;
    private static final int STRINGS = 4;
    private static final int ENUMS = 5;
    private static final int OBJECTS = 6;

    /** Below this number the head of a packed form costs more than it saves. */
    private static final int FEWEST_PACKED = 4;

    private Chunk() {}

    /**
     * @param names what to call the elements in an error, or null for their index
     */
    static void write(Encoder out, @Nullable Object[] elements, @Nullable Object @Nullable [] names) {
        if (elements.length == 0) {
            return;
        }
        if (elements.length >= FEWEST_PACKED && (elements[0] instanceof Integer || elements[0] instanceof Long)) {
            long[] numbers = PackedNumbers.unboxed(elements);
            if (numbers != null) {
                out.sink().put(elements[0] instanceof Integer ? INTEGERS : LONGS);
                PackedNumbers.write(out.sink(), numbers);
                return;
            }
        }
        writeOfType(out, elements.length < FEWEST_PACKED ? null : commonType(elements), elements, names);
    }

    private static void writeOfType(
            Encoder out, @Nullable Class<?> type, @Nullable Object[] elements, @Nullable Object @Nullable [] names) {
        if (type == Double.class) {
            out.sink().put(DOUBLES);
            PackedNumbers.writeDoubles(out.sink(), elements);
        } else if (type == String.class) {
            out.sink().put(STRINGS);
            for (Object element : elements) {
                Text.write(out.sink(), (String) element);
            }
        } else if (type != null && type.isEnum()) {
            out.sink().put(ENUMS);
            PackedEnums.write(out, type, elements);
        } else {
            writeOthers(out, type, elements, names);
        }
    }

    /** The class of all elements, or null if there is a null or there are two classes. */
    private static @Nullable Class<?> commonType(@Nullable Object[] elements) {
        Object first = elements[0];
        if (first == null) {
            return null;
        }
        Class<?> type = first.getClass();
        for (Object element : elements) {
            if (element == null || element.getClass() != type) {
                return null;
            }
        }
        return type;
    }

    private static void writeOthers(
            Encoder out, @Nullable Class<?> type, @Nullable Object[] elements, @Nullable Object @Nullable [] names) {
        int i = 0;
        try {
            if (type != null && Forms.of(type) instanceof BodyForm form) {
                out.sink().put(OBJECTS);
                form.writeType(out);
                for (; i < elements.length; i++) {
                    writeElement(out, form, elements[i]);
                }
            } else {
                out.sink().put(MIXED);
                for (; i < elements.length; i++) {
                    out.writeValue(elements[i]);
                }
            }
        } catch (Refusal refusal) {
            throw refusal.under("[" + (names == null ? Integer.toString(i) : Names.ofKey(names[i])) + "]");
        }
    }

    /** 0 and the body of an object met first, or one more than the number of one met before. */
    private static void writeElement(Encoder out, BodyForm form, @Nullable Object element) {
        if (element == null) {
            throw new AssertionError("a null among objects of one type");
        }
        int known = out.referenceTo(element);
        out.sink().putVarint(known + 1);
        if (known < 0) {
            form.writeBody(out, element);
        }
    }

    static @Nullable Object[] read(Decoder in, int count) {
        @Nullable Object[] elements = new @Nullable Object[count];
        if (count == 0) {
            return elements;
        }
        int kind = in.octet();
        switch (kind) {
            case MIXED -> {
                for (int i = 0; i < count; i++) {
                    elements[i] = in.readValue();
                }
            }
            case INTEGERS -> PackedNumbers.readIntegers(in, elements);
            case LONGS -> PackedNumbers.readLongs(in, elements);
            case DOUBLES -> PackedNumbers.readDoubles(in, elements);
            case STRINGS -> {
                for (int i = 0; i < count; i++) {
                    elements[i] = Text.read(in);
                }
            }
            case ENUMS -> PackedEnums.read(in, elements);
            case OBJECTS -> {
                BodyForm.Reader reader = BodyForm.reader(in);
                for (int i = 0; i < count; i++) {
                    int known = in.varint() - 1;
                    elements[i] = known < 0 ? reader.readBody(in) : in.object(known);
                }
            }
            default -> throw in.garbled("a chunk of the unknown kind " + kind);
        }
        return elements;
    }
}
