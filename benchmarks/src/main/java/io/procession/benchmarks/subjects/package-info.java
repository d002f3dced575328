/**
 * The Java contenders: each main class does one thing, measures it, and prints its
 * {@link io.procession.benchmarks.harness.Samples samples}.
 */
@NullMarked
package io.procession.benchmarks.subjects;

import org.jspecify.annotations.NullMarked;
