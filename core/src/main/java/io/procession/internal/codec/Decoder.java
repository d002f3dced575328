package io.procession.internal.codec;

import io.procession.codec.SerializationException;
import io.procession.codec.Serializer;
import io.procession.codec.ValueInput;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The state of one message while it is read. Belongs to one thread. */
final class Decoder extends ValueInput {
    private static final @Nullable Object[] NONE = {};

    private final byte[] array;
    private final int limit;
    private int position;
    private final SerializerChoice serializers;
    private final ShapeTable shapes;
    private final ClassLoader loader;
    private @Nullable Object[] objects = NONE;
    private int objectCount;
    private int beingRead = -1;
    private List<KnownShape> inlined = List.of();
    private Serializer.@Nullable Reader objectReader;

    Decoder(
            byte[] array,
            int position,
            int limit,
            SerializerChoice serializers,
            ShapeTable shapes,
            ClassLoader loader) {
        this.array = array;
        this.position = position;
        this.limit = limit;
        this.serializers = serializers;
        this.shapes = shapes;
        this.loader = loader;
    }

    /** A decoder for a part that was written by {@link Encoder#separate}; this one goes on behind it. */
    Decoder separate(int lengthBytes) {
        int at = take(lengthBytes);
        return new Decoder(array, at, at + lengthBytes, serializers, shapes, loader);
    }

    /** A decoder for other bytes that need neither shapes nor objects. */
    Decoder inside(byte[] bytes) {
        return new Decoder(bytes, 0, bytes.length, serializers, shapes, loader);
    }

    @Nullable
    Object readValue() {
        int tag = octet();
        if (tag >= Tag.SMALL_INTEGER) {
            return tag - Tag.SMALL_INTEGER + Tag.SMALLEST_INTEGER;
        }
        return switch (tag) {
            case Tag.NULL -> null;
            case Tag.FALSE -> false;
            case Tag.TRUE -> true;
            case Tag.BYTE -> (byte) octet();
            case Tag.SHORT -> (short) fixed(2);
            case Tag.CHARACTER -> (char) fixed(2);
            case Tag.INTEGER -> zigzag();
            case Tag.LONG -> zigzagLong();
            case Tag.FLOAT -> Float.intBitsToFloat((int) fixed(4));
            case Tag.DOUBLE -> Double.longBitsToDouble(fixed(8));
            case Tag.STRING -> Text.read(this);
            case Tag.BACK_REFERENCE -> object(varint());
            default -> readOther(tag);
        };
    }

    private Object readOther(int tag) {
        return switch (tag) {
            case Tag.BYTE_ARRAY -> PrimitiveArrayForm.readBytes(this);
            case Tag.PRIMITIVE_ARRAY -> PrimitiveArrayForm.read(this);
            case Tag.OBJECT_ARRAY -> ObjectArrayForm.read(this);
            case Tag.BUFFER -> BufferForm.read(this);
            case Tag.BIG_INTEGER -> Scalars.readBigInteger(this);
            case Tag.BIG_DECIMAL -> Scalars.readBigDecimal(this);
            case Tag.ENUM -> EnumForm.read(this);
            case Tag.CLASS -> ClassForm.read(this);
            case Tag.OPTIONAL -> OptionalForm.read(this);
            case Tag.TIME -> TimeForm.read(this);
            case Tag.UUID -> UuidForm.read(this);
            case Tag.PATH -> PathForm.read(this);
            case Tag.URI -> UriForm.read(this);
            case Tag.COLLECTION -> CollectionForm.read(this);
            case Tag.MAP -> MapForm.read(this);
            case Tag.ENTRY -> EntryForm.read(this);
            case Tag.RECORD -> RecordForm.read(this);
            case Tag.OBJECT -> ObjectForm.read(this);
            case Tag.JAVA -> JavaForm.read(this);
            case Tag.THROWABLE -> ThrowableForm.read(this);
            case Tag.LAMBDA -> LambdaForm.read(this);
            case Tag.HANDLE -> HandleForm.read(this);
            case Tag.ENUM_SET -> EnumSetForm.read(this);
            case Tag.ENUM_MAP -> EnumMapForm.read(this);
            default -> throw garbled("a value of the unknown kind 0x" + Integer.toHexString(tag));
        };
    }

    /** Gives the object now being read the next number; {@link #completed} tells what it is. */
    int reserve() {
        if (objectCount == objects.length) {
            objects = Arrays.copyOf(objects, Math.max(8, 2 * objectCount));
        }
        return objectCount++;
    }

    <T> T completed(int number, T object) {
        objects[number] = object;
        return object;
    }

    /** For objects that exist before their parts. */
    <T> T register(T object) {
        return completed(reserve(), object);
    }

    Object object(int number) {
        Object known = number >= 0 && number < objectCount ? objects[number] : null;
        if (known == null) {
            throw garbled("a reference to an object that is not there");
        }
        return known;
    }

    /** Reads which shape is meant. */
    KnownShape shape() {
        int name = varint();
        if (name == 0) {
            int length = length(1);
            KnownShape shape = shapes.inline(array, take(length), length);
            if (inlined.isEmpty()) {
                inlined = new ArrayList<>(4);
            }
            inlined.add(shape);
            return shape;
        }
        int place = name >>> 1;
        if ((name & 1) == 0) {
            return shapes.get(place);
        }
        if (place >= inlined.size()) {
            throw garbled("a reference to a shape that is not there");
        }
        return inlined.get(place);
    }

    Serializer serializer(String id) {
        serializers.checkIs(id);
        return serializers.get();
    }

    Serializer.Reader objectReader() {
        if (objectReader == null) {
            objectReader = serializers.get().reader(this);
        }
        return objectReader;
    }

    /** Reads one object by the serializer, whose {@link #created} gives it its number early. */
    Object readObject(Serializer.Reader reader, Class<?> type) throws Exception {
        int outer = beingRead;
        int number = reserve();
        beingRead = number;
        try {
            return completed(number, reader.read(type));
        } finally {
            beingRead = outer;
        }
    }

    // Bytes

    int octet() {
        if (position >= limit) {
            throw garbled("the bytes end too early");
        }
        return array[position++] & 0xFF;
    }

    int varint() {
        int result = 0;
        for (int shift = 0; shift < 35; shift += 7) {
            int next = octet();
            result |= (next & 0x7F) << shift;
            if (next < 0x80) {
                return result;
            }
        }
        throw garbled("a number that does not end");
    }

    long varlong() {
        long result = 0;
        for (int shift = 0; shift < 70; shift += 7) {
            int next = octet();
            result |= (long) (next & 0x7F) << shift;
            if (next < 0x80) {
                return result;
            }
        }
        throw garbled("a number that does not end");
    }

    int zigzag() {
        int value = varint();
        return (value >>> 1) ^ -(value & 1);
    }

    long zigzagLong() {
        long value = varlong();
        return (value >>> 1) ^ -(value & 1);
    }

    long fixed(int width) {
        int at = take(width);
        long value = 0;
        for (int i = 0; i < width; i++) {
            value |= (array[at + i] & 0xFFL) << (i << 3);
        }
        return value;
    }

    /** Reads a count of things that take at least {@code unitBytes} each and checks that so many bytes are there. */
    int length(int unitBytes) {
        return lengthOf(varint() & 0xFFFFFFFFL, unitBytes);
    }

    int lengthOf(long count, int unitBytes) {
        if (count > (limit - position) / unitBytes) {
            throw garbled("a length of " + count + " (with " + (limit - position) + " bytes left)");
        }
        return (int) count;
    }

    byte[] array() {
        return array;
    }

    /** Skips that many bytes and returns where in {@link #array()} they begin. */
    int take(int lengthBytes) {
        if (lengthBytes > limit - position) {
            throw garbled("the bytes end too early");
        }
        int at = position;
        position += lengthBytes;
        return at;
    }

    int position() {
        return position;
    }

    SerializationException garbled(String what) {
        return new SerializationException(
                "", "the bytes are not a value: " + what + ", at byte " + position + " of " + limit, null);
    }

    // For serializers

    @Override
    public void created(Object object) {
        if (beingRead >= 0) {
            completed(beingRead, object);
        }
    }

    @Override
    public @Nullable Object readPart() {
        int outer = beingRead;
        beingRead = -1;
        try {
            return readValue();
        } finally {
            beingRead = outer;
        }
    }

    @Override
    public ByteBuffer remaining() {
        return ByteBuffer.wrap(array, position, limit - position);
    }

    @Override
    public void skipTo(int newPosition) {
        if (newPosition < position || newPosition > limit) {
            throw garbled("a serializer went from byte " + position + " to " + newPosition);
        }
        position = newPosition;
    }

    @Override
    public ClassLoader classLoader() {
        return loader;
    }

    @Override
    public int read() {
        return position < limit ? array[position++] & 0xFF : -1;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) {
        if (position == limit) {
            return length == 0 ? 0 : -1;
        }
        int read = Math.min(length, limit - position);
        System.arraycopy(array, position, bytes, offset, read);
        position += read;
        return read;
    }
}
