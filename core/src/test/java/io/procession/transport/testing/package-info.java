/**
 * A transport inside one JVM, for fast tests of what stands above transports and as the proof that the contract tests ask for
 * nothing only a real channel has. Published in core's test-jar.
 *
 * <p><b>Imports</b> {@code transport} and nothing else of Procession.
 */
@NullMarked
package io.procession.transport.testing;

import org.jspecify.annotations.NullMarked;
