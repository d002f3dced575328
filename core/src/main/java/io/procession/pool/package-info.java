/**
 * {@link io.procession.pool.Pool}: workers in processes of their own that run tasks for their creator.
 *
 * <p>Rooms: {@code Pool} is the face, {@code Scheduler} gives tasks to workers, {@code Worker} is one worker as its pool sees it,
 * {@code TaskFuture} waits for an answer, {@code WorkerLinks} finds the worker a message came from. {@code Intake} brings single tasks in; the chunks of
 * all maps travel by a {@code ChunkFlow}, which {@code MapCall} drives for those that want all results and {@code LazyMap} for those that take them one by
 * one; {@code LazyWindow} keeps what of it is on its way, {@code LazyInput} is where its items come from. The worker's own half is
 * {@code internal.pool}.
 *
 * <p><b>Imports</b> everything below it: {@code process}, {@code codec}, {@code task} and the internal rooms; not {@code queue}.
 */
@NullMarked
package io.procession.pool;

import org.jspecify.annotations.NullMarked;
