package io.procession.internal.codec;

import java.lang.reflect.Array;

/** Arrays of objects: the type of the elements, how many, and the elements as a {@link Chunk}. */
final class ObjectArrayForm implements Form {
    private final Shape component;

    ObjectArrayForm(Class<?> component) {
        this.component = ClassShape.of(component);
    }

    @Override
    public void write(Encoder out, Object value) {
        if (out.wroteReference(value)) {
            return;
        }
        Object[] elements = (Object[]) value;
        out.sink().put(Tag.OBJECT_ARRAY);
        out.writeShape(component);
        out.sink().putVarint(elements.length);
        Chunk.write(out, elements, null);
    }

    static Object read(Decoder in) {
        int number = in.reserve();
        Class<?> component = in.shape().asClass(in).type();
        int count = in.length(1);
        if (component.isPrimitive()) {
            throw in.garbled("an array of primitives where one of objects is named");
        }
        Object array = in.completed(number, Array.newInstance(component, count));
        try {
            System.arraycopy(Chunk.read(in, count), 0, array, 0, count);
        } catch (ArrayStoreException unfit) {
            throw in.garbled("an element that does not fit into an array of " + component.getName());
        }
        return array;
    }
}
