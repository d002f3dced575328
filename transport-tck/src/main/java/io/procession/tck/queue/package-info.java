/**
 * What every transport must let a {@link io.procession.queue.Queue} do, between real processes. Rows Q of the behaviour contract are named in the tests.
 *
 * <p><b>Imports</b> the API of core and {@code testing}.
 */
@NullMarked
package io.procession.tck.queue;

import org.jspecify.annotations.NullMarked;
