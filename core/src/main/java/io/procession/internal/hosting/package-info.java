/**
 * Objects that live in one process, their host, and are used by others over connections: queues now, locks, values and managers as they come.
 *
 * <p>The host gives each {@link io.procession.internal.hosting.HostedObject} a number. Who has its handle gets a
 * {@link io.procession.internal.hosting.RemoteObject}, which connects at first use, asks and tells. There is no distributed count of references: the object ends when its owner
 * ends it or its host process ends, and then everyone who waits is told at once. What a client's death means is the object's business; it is told.
 *
 * <p><b>Imports</b> {@code task}, {@code transport}, {@code codec}, {@code internal.family}, {@code internal.codec} and {@code internal.connection}. The bytes
 * are specified in {@code docs/wire-protocol.md}.
 */
@NullMarked
package io.procession.internal.hosting;

import org.jspecify.annotations.NullMarked;
