/**
 * What suites with real processes share.
 *
 * <p><b>Imports</b> the API of core.
 */
@NullMarked
package io.procession.tck.process;

import org.jspecify.annotations.NullMarked;
