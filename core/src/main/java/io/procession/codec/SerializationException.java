package io.procession.codec;

import org.jspecify.annotations.Nullable;

/**
 * A value cannot be turned into bytes, or bytes cannot be turned into a value here.
 *
 * <p>When a value is refused, {@link #path()} leads from the value that was sent to the part that is to blame, as in
 * {@code Order.customer.socket}, and the message says what can be done. The value was not sent, in no part. When bytes cannot be
 * read, the message names what is missing or wrong, for instance the class and the loader that does not see it.
 */
public final class SerializationException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** The way to the value to blame. */
    private final String path;

    /**
     * Creates the exception.
     *
     * @param path the way from the value to the part to blame; empty if it is the whole
     * @param problem what is wrong and what can be done
     * @param cause the failure below, if there is one
     */
    public SerializationException(String path, String problem, @Nullable Throwable cause) {
        super(path.isEmpty() ? problem : path + ": " + problem, cause);
        this.path = path;
    }

    /**
     * The way from the value to the part that is to blame, as in {@code Order.customer.socket} or {@code ArrayList[3].socket}.
     *
     * @return the path, empty if it is the whole or if bytes could not be read
     */
    public String path() {
        return path;
    }
}
