/**
 * Messages between two processes over one link: cutting into frames, interleaving, joining, the handshake, and the register of all connections of a
 * process. What a message means is the business of the packages above, which register a handler for each
 * {@link io.procession.internal.connection.Kind} they own.
 *
 * <p><b>Imports</b> {@code task}, {@code transport}, {@code codec}, {@code internal.family} and {@code internal.codec}. The bytes are specified in
 * {@code docs/wire-protocol.md}.
 */
@NullMarked
package io.procession.internal.connection;

import org.jspecify.annotations.NullMarked;
