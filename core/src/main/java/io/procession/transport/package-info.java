/**
 * The seam: what a transport is to the rest of Procession. Implemented by {@code pipe}, {@code socket} and {@code shm}, found by
 * {@link java.util.ServiceLoader}, and proven by the contract tests of {@code procession-transport-tck}.
 *
 * <p>A transport carries whole <em>frames</em> between two processes. It does not know what they mean; it knows only that each
 * begins with its own length ({@link io.procession.transport.FrameLength}). Who serialises, cuts large messages, numbers them
 * and waits for them stands above.
 *
 * <p><b>Imports</b> nothing of Procession but {@code task}.
 */
@NullMarked
package io.procession.transport;

import org.jspecify.annotations.NullMarked;
