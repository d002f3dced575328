/**
 * Transports with one defect each, to see that the contracts notice: a contract that cannot fail proves nothing.
 *
 * <p><b>Imports</b> {@code transport} and the transport in memory.
 */
@NullMarked
package io.procession.transport.tck.defects;

import org.jspecify.annotations.NullMarked;
