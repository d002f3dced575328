package io.procession.internal.codec;

import io.procession.codec.SerializationException;
import io.procession.codec.Serializer;
import org.jspecify.annotations.Nullable;

/** An object of a class of the user's, by the serializer. */
final class ObjectForm extends BodyForm {
    private final Class<?> type;
    /** One for each serializer that was ever used with the class: in practice one. A race makes an equal one. */
    private volatile @Nullable Named named;

    private record Named(Serializer serializer, Shape shape) {}

    ObjectForm(Class<?> type) {
        this.type = type;
    }

    @Override
    int tag() {
        return Tag.OBJECT;
    }

    @Override
    @SuppressWarnings("ReferenceEquality") // there is one of each kind
    void writeType(Encoder out) {
        Serializer serializer = out.serializer();
        Named known = named;
        if (known == null || known.serializer != serializer) {
            known = new Named(serializer, ClassShape.of(type, serializer.layoutOf(type), serializer.id()));
            named = known;
        }
        out.writeShape(known.shape);
    }

    @Override
    void writeBody(Encoder out, Object value) {
        try {
            out.objectWriter().write(value);
        } catch (Refusal | SerializationException told) {
            throw told;
        } catch (Exception failed) {
            throw new Refusal(
                    type.getName() + " cannot be written by the serializer '"
                            + out.serializer().id() + "': " + failed,
                    failed);
        }
    }

    static Object read(Decoder in) {
        return reader(in, in.shape().asClass(in)).readBody(in);
    }

    static Reader reader(Decoder in, ClassShape shape) {
        Serializer serializer = in.serializer(shape.serializer());
        shape.checkLayout(serializer.layoutOf(shape.type()));
        return new ObjectReader(in.objectReader(), shape.type());
    }

    private record ObjectReader(Serializer.Reader reader, Class<?> type) implements Reader {
        @Override
        public Object readBody(Decoder in) {
            try {
                return in.readObject(reader, type);
            } catch (SerializationException told) {
                throw told;
            } catch (Exception failed) {
                throw new SerializationException("", type.getName() + " cannot be read: " + failed, failed);
            }
        }
    }
}
