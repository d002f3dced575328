/**
 * What a transport implements besides {@link io.procession.transport.Transport} if it can offer queues that need no host: any process of the family puts and takes by itself, on something
 * that all of them share.
 *
 * <pre>
 *   QueueProvider  --openQueues--&gt;  QueueSpace  --create, attach--&gt;  SharedQueue  --take--&gt;  SharedItem
 *   (the transport)                 (one a process)                 (bytes)
 * </pre>
 *
 * <p>Core does the rest: what items mean, how a queue gets around, who is told of its end.
 *
 * <p><b>Imports</b> {@code transport}.
 */
@NullMarked
package io.procession.transport.queue;

import org.jspecify.annotations.NullMarked;
