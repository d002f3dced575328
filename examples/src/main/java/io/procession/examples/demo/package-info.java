/** Runs all lessons over every transport that is present, compares what they print with what they should, and says what ran where. */
@NullMarked
package io.procession.examples.demo;

import org.jspecify.annotations.NullMarked;
