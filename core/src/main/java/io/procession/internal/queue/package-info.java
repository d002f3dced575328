/**
 * How queues work: the host's side ({@link io.procession.internal.queue.HostedQueue}), the side of all other processes ({@link io.procession.internal.queue.RemoteQueue}), and what
 * they say to each other ({@link io.procession.internal.queue.QueueWire}). Items are bytes here; what they mean is known only to {@code io.procession.queue} above.
 *
 * <p>A queue that a transport offers has no host: {@link io.procession.internal.queue.OwnSharedQueue} and {@link io.procession.internal.queue.JoinedSharedQueue} work on it directly, and keep a connection only to
 * learn who has ended.
 *
 * <p><b>Imports</b> everything up to {@code internal.hosting}. The states of an item and what happens when each side dies are in
 * {@code docs/adr/0005-hosted-objects-and-queues.md}.
 */
@NullMarked
package io.procession.internal.queue;

import org.jspecify.annotations.NullMarked;
