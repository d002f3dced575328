/**
 * Measuring several contenders side by side: whole programs run in turn, round after round, so that what the machine does
 * meanwhile hits all of them; medians, ranges and ratios come out.
 *
 * <p>Knows nothing of Procession or of any peer: a contender is a command that prints its samples ({@link Samples}).
 */
@NullMarked
package io.procession.benchmarks.harness;

import org.jspecify.annotations.NullMarked;
