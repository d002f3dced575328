/** What fits into one JVM, measured by JMH. */
@NullMarked
package io.procession.benchmarks.jmh;

import org.jspecify.annotations.NullMarked;
