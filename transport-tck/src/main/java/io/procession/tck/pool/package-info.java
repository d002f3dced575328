/**
 * What every transport must let a {@link io.procession.pool.Pool} do, with real workers. Rows L, X and F of the behaviour contract are named in the
 * tests.
 *
 * <p><b>Imports</b> the API of core and {@code testing}.
 */
@NullMarked
package io.procession.tck.pool;

import org.jspecify.annotations.NullMarked;
