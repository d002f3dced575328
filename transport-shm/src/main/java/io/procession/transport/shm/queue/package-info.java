/**
 * A queue that is the memory itself: a list of cells in mapped files, on which any number of processes put and take without a host in between, and on which no process that is stopped or
 * dies holds up another. {@code docs/memory-layout.md} has the words, who may change which how, and the proof.
 *
 * <pre>
 *   head                             tail
 *    |                                |
 *    v                                v
 *  [done]--next--&gt;[queued]--next--&gt;[queued]--next--&gt; none        [free] [owned by 3] [claimed by 2] ...
 * </pre>
 *
 * <p>Kept apart: <b>layout</b> ({@code CellState}, {@code LinkWord}, {@code CellLayout}, {@code HeaderLayout}), <b>algorithm</b> ({@code CellList}, {@code CellPool}, {@code Claims}),
 * <b>ownership</b> ({@code Slots}, {@code Recovery}), <b>mapping</b> ({@code QueueFiles}, {@code MappedCells}, {@code SegmentPools}, {@code SpillFiles}), <b>waiting</b> ({@code Sleepers}, {@code Turnstile}, {@code Bell}, {@code Inboxes}). The algorithm knows
 * memory only as {@code QueueMemory}, so that a test can run it in every order. {@code MemoryQueues} and {@code OfferedQueue} are what core sees of all this.
 *
 * <p><b>Imports</b> {@code io.procession.transport.queue}, {@code io.procession.transport} and {@code memory}.
 */
@NullMarked
package io.procession.transport.shm.queue;

import org.jspecify.annotations.NullMarked;
