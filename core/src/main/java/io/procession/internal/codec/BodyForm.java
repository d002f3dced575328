package io.procession.internal.codec;

/** A form whose objects can stand in a chunk with their class said once. */
abstract class BodyForm implements Form {
    /** Reads objects of one class, without tag and class. */
    interface Reader {
        /** Reads one object and gives it its number. */
        Object readBody(Decoder in);
    }

    abstract int tag();

    abstract void writeType(Encoder out);

    /** Writes an object that has its number, without tag and class. */
    abstract void writeBody(Encoder out, Object value);

    @Override
    public final void write(Encoder out, Object value) {
        if (out.wroteReference(value)) {
            return;
        }
        out.sink().put(tag());
        writeType(out);
        writeBody(out, value);
    }

    /** The reader for the class that {@link #writeType} wrote; a record is told from another object by its class. */
    static Reader reader(Decoder in) {
        ClassShape shape = in.shape().asClass(in);
        return shape.type().isRecord() && shape.serializer().isEmpty()
                ? RecordForm.reader(shape)
                : ObjectForm.reader(in, shape);
    }
}
