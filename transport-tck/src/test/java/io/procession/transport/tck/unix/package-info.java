/**
 * A throw-away transport over Unix-domain sockets, written against the SPI's Javadoc alone: if it, the link in memory and the FIFOs keep one
 * contract, the SPI is not shaped by one of them. Two threads a link, no cleverness.
 *
 * <p><b>Imports</b> {@code transport} and nothing else of Procession.
 */
@NullMarked
package io.procession.transport.tck.unix;

import org.jspecify.annotations.NullMarked;
