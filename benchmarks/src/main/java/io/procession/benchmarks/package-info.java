/**
 * What is compared with what, and the command line to run it. The contenders themselves are the main classes of {@code subjects} and the
 * scripts beside this package.
 */
@NullMarked
package io.procession.benchmarks;

import org.jspecify.annotations.NullMarked;
