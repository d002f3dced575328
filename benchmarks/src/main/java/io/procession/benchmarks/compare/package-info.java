/**
 * The comparison of the transports on this machine for somebody who must choose one: a few measurements within a fixed time, a table, and advice with its reasons.
 *
 * <p>Measures with the programs of {@code subjects} and the rounds of {@code harness}.
 */
@NullMarked
package io.procession.benchmarks.compare;

import org.jspecify.annotations.NullMarked;
