package io.procession.internal.codec;

/** The way into the codec for {@link ModulesTest}, patched into the module. */
public final class ModuleProbe {
    private ModuleProbe() {}

    /** Sends a value as a connection does, without more classes of the tests. */
    public static Object sent(Object value) {
        Encoded encoded = Codec.standard().encode(value);
        ShapeTable table = new ShapeTable();
        for (Shape shape : encoded.shapes()) {
            table.define(shape.id(), shape.bytes());
        }
        return Codec.standard().decode(encoded.joined(), table);
    }
}
