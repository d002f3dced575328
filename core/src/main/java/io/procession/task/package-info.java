/**
 * What a user hands to another process: functions that are serialisable because their interfaces are.
 *
 * <p>The bottom room of the house. Imports nothing of Procession; everything above may import it.
 */
@NullMarked
package io.procession.task;

import org.jspecify.annotations.NullMarked;
