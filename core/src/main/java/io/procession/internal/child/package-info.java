/**
 * Starting, steering and burying child JVMs. What the public {@code Process} and the workers of a {@code Pool} share.
 *
 * <p>The parent writes a {@link io.procession.internal.child.Bootstrap} file that only its user can read, starts a JVM with
 * {@link io.procession.internal.child.ChildMain} and talks to it over a Unix-domain socket (the control plane), whose end of file means
 * that the other side is gone. How a child ended is told by evidence ({@link io.procession.internal.child.Exit}): the exit code, the status
 * page, the JVM's own crash report.
 *
 * <p>{@code ChildMain} and what it calls load as few classes as can be: no lambdas, no streams, no {@code java.nio.file.Files}.
 *
 * <p><b>Imports</b> {@code internal.hosting}, {@code internal.connection}, {@code internal.codec}, {@code internal.family}, {@code codec},
 * {@code transport}, {@code task}.
 */
@NullMarked
package io.procession.internal.child;

import org.jspecify.annotations.NullMarked;
