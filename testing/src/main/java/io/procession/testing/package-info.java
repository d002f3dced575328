/**
 * What every test of processes needs and no test should write: a {@link io.procession.testing.Watchdog} that shows where parent and children
 * stand when a test hangs, and a {@link io.procession.testing.LeakChecker} that names every thread, process, descriptor and file a test
 * class left behind. {@link io.procession.testing.Guarded} on a class asks for both.
 *
 * <p><b>Imports</b> nothing of Procession, so that the tests of every module can use it, those of core included.
 */
@NullMarked
package io.procession.testing;

import org.jspecify.annotations.NullMarked;
