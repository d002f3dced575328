/**
 * Queues between processes: {@link io.procession.queue.Queue} and what can go wrong with one.
 *
 * <p>The face of {@code internal.queue}: here items are objects, there they are bytes.
 *
 * <p><b>Imports</b> everything up to {@code process} and {@code internal.queue}.
 */
@NullMarked
package io.procession.queue;

import org.jspecify.annotations.NullMarked;
