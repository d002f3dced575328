/**
 * What a user meets of serialisation: the {@link io.procession.codec.Serializer} to plug in and the
 * {@link io.procession.codec.SerializationException} to read. The machinery is in {@code internal.codec}.
 *
 * <p><b>Imports</b> {@code task} and {@code transport}.
 */
@NullMarked
package io.procession.codec;

import org.jspecify.annotations.NullMarked;
