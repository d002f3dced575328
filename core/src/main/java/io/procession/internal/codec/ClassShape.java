package io.procession.internal.codec;

import io.procession.codec.SerializationException;

/** A class, as named in a message and found here. */
final class ClassShape extends KnownShape.Resolved {
    static final int KIND = 1;

    private final Class<?> type;
    private final int layout;
    private final String serializer;

    private ClassShape(ClassLoader loader, Class<?> type, int layout, String serializer) {
        super(loader);
        this.type = type;
        this.layout = layout;
        this.serializer = serializer;
    }

    /**
     * The shape of a class at the sender.
     *
     * @param layout what must be equal at the receiver, 0 for nothing
     * @param serializer the id of the serializer that writes its objects, empty for those the codec writes itself
     */
    static Shape of(Class<?> type, int layout, String serializer) {
        ByteSink definition = new ByteSink(64);
        definition.put(KIND);
        Text.write(definition, type.getName());
        definition.putFixed(layout, 4);
        Text.write(definition, serializer);
        return Shapes.of(definition.toBytes());
    }

    static Shape of(Class<?> type) {
        return of(type, 0, "");
    }

    static ClassShape read(Decoder in) {
        String name = Text.read(in);
        int layout = (int) in.fixed(4);
        return new ClassShape(in.classLoader(), Classes.find(name, in.classLoader()), layout, Text.read(in));
    }

    Class<?> type() {
        return type;
    }

    /** Refuses to read objects of a class that has other fields here than at the sender. */
    void checkLayout(int here) {
        if (here != layout) {
            throw new SerializationException(
                    "",
                    "the class " + type.getName() + " has other fields here than in the process that sent it"
                            + " (from " + type.getProtectionDomain().getCodeSource()
                            + "); both must run the same version",
                    null);
        }
    }

    String serializer() {
        return serializer;
    }
}
