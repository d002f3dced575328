package io.procession.internal.codec;

/**
 * An object that does not travel itself but by a handle: what arrives is the same thing, reached from there.
 *
 * <p>Found wherever it stands: sent itself, captured by a lambda, inside collections, records and objects.
 */
public interface Portable {
    /**
     * Says how this object is reached from other processes.
     *
     * @return the handle
     * @throws IllegalStateException if it cannot be reached any more, for instance because it is closed; the value is not sent
     */
    Handle handle();
}
