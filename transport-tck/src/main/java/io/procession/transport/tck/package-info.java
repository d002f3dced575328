/**
 * The contract every transport passes, published so that others can write transports. A transport's test scope has one class that extends
 * {@link io.procession.transport.tck.TransportContract} and says in a {@link io.procession.transport.tck.TransportFixture} how to make the
 * transport. Nothing is skipped by hand: what exists is decided by {@link io.procession.transport.Transport#capabilities()} and by the hooks the
 * fixture offers.
 *
 * <p>Three levels of crash: bytes no honest peer would send, if the fixture can craft them; an end that is abandoned inside this JVM, if
 * the fixture can do that; a child JVM ended by {@code kill -9} at a moment the test chooses.
 *
 * <p>Where tests live: those of one package of core beside it, over the transport in memory, without children; those that need real child JVMs and a
 * transport are abstract suites in this module ({@code io.procession.tck.process}, {@code .pool}, {@code .queue}), and every transport's
 * test scope runs them. All are {@link io.procession.testing.Guarded}.
 *
 * <p><b>Imports</b> {@code transport} and {@code testing}, and nothing else of Procession: the children here are started by hand.
 */
@NullMarked
package io.procession.transport.tck;

import org.jspecify.annotations.NullMarked;
