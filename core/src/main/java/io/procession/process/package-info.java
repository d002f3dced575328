/**
 * Processes: a function, or a main class, in a JVM of its own. The counterpart of Python's {@code multiprocessing.Process}.
 *
 * <p>Begin with {@link io.procession.process.Process}. How its JVM is started is a value, {@link io.procession.process.WorkerOptions},
 * which pools take too.
 *
 * <p><b>Imports</b> {@code internal.child} and what stands below it.
 */
@NullMarked
package io.procession.process;

import org.jspecify.annotations.NullMarked;
