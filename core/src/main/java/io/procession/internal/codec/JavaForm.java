package io.procession.internal.codec;

import io.procession.codec.SerializationException;
import java.io.IOException;

/**
 * An object by Java serialisation: those of the JDK that are not in the table, and those whose class says itself how it is
 * serialised. Parts that Java cannot serialise but the codec can are written as values behind the stream and stand in it as
 * {@link JavaPart}.
 */
final class JavaForm implements Form {
    @Override
    public void write(Encoder out, Object value) {
        if (out.wroteReference(value)) {
            return;
        }
        out.sink().put(Tag.JAVA);
        out.madeFromParts();
        writeStream(out, value);
        out.completed();
    }

    /** Writes the length of the stream, the stream, then the parts it refers to, in the order it does. */
    static void writeStream(Encoder out, Object value) {
        ByteSink stream = new ByteSink(256);
        ByteSink outer = out.divert();
        try (JavaOutput java = new JavaOutput(stream, out, value)) {
            java.writeObject(value);
            java.flush();
        } catch (IOException failed) {
            throw new Refusal(
                    value.getClass().getName() + " cannot be written by Java serialisation: " + failed, failed);
        } catch (Refusal refusal) {
            throw refusal;
        } catch (RuntimeException failed) {
            throw new Refusal(value.getClass().getName() + " failed while it was serialised: " + failed, failed);
        }
        ByteSink parts = out.resume(outer);
        outer.putVarlong(stream.sizeBytes());
        outer.append(stream);
        outer.append(parts);
    }

    static Object read(Decoder in) {
        int number = in.reserve();
        return in.completed(number, readStream(in));
    }

    static Object readStream(Decoder in) {
        int length = in.length(1);
        int at = in.take(length);
        try (JavaInput java = new JavaInput(in, at, length)) {
            Object value = java.readObject();
            if (value == null) {
                throw in.garbled("nothing in a Java stream");
            }
            return value;
        } catch (SerializationException told) {
            throw told;
        } catch (IOException | ClassNotFoundException | RuntimeException failed) {
            throw new SerializationException("", "an object cannot be read by Java serialisation: " + failed, failed);
        }
    }
}
