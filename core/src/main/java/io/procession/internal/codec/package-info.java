/**
 * Values to bytes and back: the one way by which objects leave and enter a process.
 *
 * <p>{@link io.procession.internal.codec.Codec} is the door. An {@code Encoder} or a {@code Decoder} is the state of one message; a
 * {@code Form} knows how the objects of one class look as bytes and lies in one file with its own reader. What need not be loaded for
 * a simple value is not: Kryo, Java serialisation and method handles each stand behind a form that is touched only when such an
 * object is met. The bytes are described in {@code docs/wire-protocol.md}.
 *
 * <p><b>Imports</b> {@code transport}, {@code codec} and {@code internal.family}.
 */
@NullMarked
package io.procession.internal.codec;

import org.jspecify.annotations.NullMarked;
