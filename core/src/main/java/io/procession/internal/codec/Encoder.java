package io.procession.internal.codec;

import io.procession.codec.Serializer;
import io.procession.codec.ValueOutput;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The state of one message while it is written. Belongs to one thread. */
final class Encoder extends ValueOutput {
    private static final int FIRST_BYTES = 128;

    private ByteSink sink = new ByteSink(FIRST_BYTES);
    private final SerializerChoice serializers;
    private final EncodeTarget target;
    private final boolean selfContained;
    private final References references = new References();
    private final @Nullable List<Throwable> failures;
    private List<Shape> shapes = List.of();
    private Map<String, Handle> handles = Map.of();
    private @Nullable IdentityHashMap<Shape, Integer> inlined;
    private Serializer.@Nullable Writer objectWriter;

    Encoder(SerializerChoice serializers, EncodeTarget target, boolean selfContained) {
        this(serializers, target, selfContained, null);
    }

    private Encoder(
            SerializerChoice serializers,
            EncodeTarget target,
            boolean selfContained,
            @Nullable List<Throwable> failures) {
        this.serializers = serializers;
        this.target = target;
        this.selfContained = selfContained;
        this.failures = failures;
    }

    /** Failures that are being written around this, so that none is written inside itself without end. */
    @SuppressWarnings("ReferenceEquality") // failures may define equals
    boolean isUnderWay(Throwable failure) {
        for (int i = 0; failures != null && i < failures.size(); i++) {
            if (failures.get(i) == failure) {
                return true;
            }
        }
        return false;
    }

    /** An encoder for a failure that must be readable, or skippable, by itself; whatever it writes knows those around it. */
    Encoder separate(Throwable failure) {
        List<Throwable> all = failures == null ? new ArrayList<>(4) : new ArrayList<>(failures);
        all.add(failure);
        return new Encoder(serializers, target, true, all);
    }

    ByteSink sink() {
        return sink;
    }

    EncodeTarget target() {
        return target;
    }

    Encoded finish() {
        return sink.toEncoded(shapes, handles);
    }

    void writeValue(@Nullable Object value) {
        if (value == null) {
            sink.put(Tag.NULL);
            return;
        }
        Class<?> type = value.getClass();
        if (type == Integer.class) {
            writeInteger((Integer) value);
        } else if (type == String.class) {
            sink.put(Tag.STRING);
            Text.write(sink, (String) value);
        } else {
            Forms.of(type).write(this, value);
        }
    }

    private void writeInteger(int value) {
        if (value >= Tag.SMALLEST_INTEGER && value <= Tag.LARGEST_INTEGER) {
            sink.put(Tag.SMALL_INTEGER + (value - Tag.SMALLEST_INTEGER));
        } else {
            sink.put(Tag.INTEGER);
            sink.putZigzag(value);
        }
    }

    /**
     * Writes a reference if the object was met before; else gives it the next number.
     *
     * @return whether the object is written with this
     */
    boolean wroteReference(Object object) {
        int known = references.numberOf(object);
        if (known < 0) {
            return false;
        }
        sink.put(Tag.BACK_REFERENCE);
        sink.putVarint(known);
        return true;
    }

    /** The number of an object met before, or -1 after it was given the next one. */
    int referenceTo(Object object) {
        return references.numberOf(object);
    }

    /** Whether the object was met before, and can be referred to. */
    boolean metBefore(Object object) {
        return references.canRefer(object);
    }

    /**
     * Between this and {@link #completed} the object met last cannot be referred to, because its reader makes it from its finished
     * parts.
     */
    void madeFromParts() {
        references.open();
    }

    void completed() {
        references.close();
    }

    /** Names a shape: by its id on the link, or by its definition the first time and its place in this message afterwards. */
    void writeShape(Shape shape) {
        if (!selfContained && shape.id() != 0) {
            addShape(shape);
            sink.putVarint(shape.id() << 1);
            return;
        }
        if (inlined == null) {
            inlined = new IdentityHashMap<>(8);
        }
        Integer place = inlined.putIfAbsent(shape, inlined.size());
        if (place != null) {
            sink.putVarint((place << 1) | 1);
            return;
        }
        byte[] definition = shape.definition();
        sink.putVarint(0);
        sink.putVarint(definition.length);
        sink.put(definition, 0, definition.length);
    }

    private void addShape(Shape shape) {
        if (shapes.isEmpty()) {
            shapes = List.of(shape);
        } else if (!shapes.contains(shape)) {
            List<Shape> more = new ArrayList<>(shapes);
            more.add(shape);
            shapes = more;
        }
    }

    /** The message contains a handle. One for each transport is kept, for who learns only later whether the receiver has it. */
    void carries(Handle handle) {
        String transport = handle.address().transport();
        if (handles.isEmpty()) {
            handles = Map.of(transport, handle);
        } else if (!handles.containsKey(transport)) {
            Map<String, Handle> more = new HashMap<>(handles);
            more.put(transport, handle);
            handles = Map.copyOf(more);
        }
    }

    /** The serializer of objects of the user's classes: Kryo is loaded when the first is met. */
    Serializer serializer() {
        return serializers.get();
    }

    Serializer.Writer objectWriter() {
        if (objectWriter == null) {
            objectWriter = serializer().writer(this);
        }
        return objectWriter;
    }

    /** Lets what is written go to memory of its own until {@link #resume}; numbers of objects go on. */
    ByteSink divert() {
        ByteSink suspended = sink;
        sink = new ByteSink(FIRST_BYTES);
        return suspended;
    }

    /** Ends {@link #divert} and gives what was written meanwhile. */
    ByteSink resume(ByteSink suspended) {
        ByteSink written = sink;
        sink = suspended;
        return written;
    }

    @Override
    public void writePart(String name, @Nullable Object part) {
        try {
            writeValue(part);
        } catch (Refusal refusal) {
            throw refusal.under("." + name);
        }
    }

    @Override
    public void write(int oneByte) {
        sink.put(oneByte);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
        sink.put(bytes, offset, length);
    }

    @Override
    public void close() {
        // The message goes on behind the part.
    }
}
