package io.procession.internal.codec;

/** Makes the object of this process that stands for a {@link Handle}. Has a constructor without arguments; neither it nor the class need be public. */
public interface HandleResolver {
    /**
     * Makes, or finds again, the object for a handle. Called while a value is decoded, on the thread that decodes.
     *
     * @param handle the handle that arrived
     * @return the object
     */
    Object resolve(Handle handle);
}
