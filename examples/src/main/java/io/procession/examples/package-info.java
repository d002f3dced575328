/**
 * One lesson per main class. Each runs by itself ({@code java -cp ... io.procession.examples.Squares}), each is run by a test, and what the
 * README shows is cut out of them: the lines between {@code region} and {@code endregion}.
 */
@NullMarked
package io.procession.examples;

import org.jspecify.annotations.NullMarked;
