package io.procession.codec;

/**
 * Turns objects of the user's own classes into bytes and back. Kryo is built in; another is found by
 * {@link java.util.ServiceLoader}.
 *
 * <p>Only objects of the program's own classes come here. Values of the JDK, records, enums, lambdas, exceptions and objects that
 * travel as handles have encodings of their own, and so have classes that say themselves how they want to be serialised
 * ({@code writeObject}, {@code writeReplace}, {@code Externalizable}). A serializer gives the parts of an object back to
 * {@link ValueOutput#writePart} wherever such values, shared references or cycles may be found in them.
 *
 * <p>Which one is used: the one named by the system property {@code procession.serializer}; if none is named, the one that is
 * found; if none is found, {@code kryo}. Every process of a family uses the same; bytes of another one are refused by name.
 *
 * <p>An implementation is called from any thread, at once from several. Its {@link Writer} and {@link Reader} belong to one
 * message and are called from one thread.
 */
public interface Serializer {
    /**
     * The name by which it is chosen, and which travels with the bytes.
     *
     * @return a short name, such as {@code kryo}
     */
    String id();

    /**
     * A number that is equal in two processes if objects of the type written in one can be read in the other. It is compared once
     * a class before anything is read.
     *
     * @param type the class of an object to write
     * @return for instance a hash over the names and types of the fields; 0 if the bytes bear changes of the class
     */
    default int layoutOf(Class<?> type) {
        return 0;
    }

    /**
     * Starts to write one message.
     *
     * @param output where the bytes go
     * @return a writer for the objects in this message
     */
    Writer writer(ValueOutput output);

    /**
     * Starts to read one message.
     *
     * @param input where the bytes come from
     * @return a reader for the objects in this message
     */
    Reader reader(ValueInput input);

    /** Writes the objects of one message. */
    interface Writer {
        /**
         * Writes one object, without its class, which is written already. Is entered again for objects met in
         * {@link ValueOutput#writePart}.
         *
         * @param object the object, never null, met for the first time in this message
         * @throws Exception if it cannot be written; the message becomes that of a {@link SerializationException}
         */
        void write(Object object) throws Exception;
    }

    /** Reads the objects of one message. */
    interface Reader {
        /**
         * Reads one object: exactly the bytes that the writer wrote, no more. Tells {@link ValueInput#created} of the object as soon
         * as it exists, so that parts read later can refer to it.
         *
         * @param type the class it was
         * @return the object
         * @throws Exception if it cannot be read
         */
        Object read(Class<?> type) throws Exception;
    }
}
