/**
 * Links through shared memory. {@code docs/memory-layout.md} draws the memory, says who may touch what, and argues why nothing half-written is ever seen.
 *
 * <pre>
 *   client                                            host
 *     | -- hello -----------------> Unix socket ------> |  makes the file, asks the acceptor
 *     | &lt;-- accepted, path of the file --------------- |
 *     | maps it, removes its name                       |
 *     | === ring to the host, ring to the client ====== |  frames
 *     | &lt;-- a byte ------- Unix socket ----- a byte --> |  only to wake who has said that he sleeps
 * </pre>
 *
 * <p>Four things are kept apart: <b>layout</b> ({@code LinkLayout}, {@code Geometry}), <b>algorithm</b> ({@code RingWriter}, {@code RingReader}, {@code
 * SegmentWriter}, {@code SegmentReader}), <b>mapping</b> ({@code memory.MappedFile}, {@code LinkMemory}, {@code LinkFiles}, {@code MemoryPlace}), <b>waiting</b> ({@code
 * SleepFlag}, {@code Doorbell}, {@code SpinBudget}, {@code Loop}).
 *
 * <p>Sending happens on the caller's thread, under the monitor of {@code Outgoing}; all else, calls to handlers included, on the one thread of the {@code Loop}.
 *
 * <p>Queues without a host are in {@code queue}.
 *
 * <p><b>Imports</b> {@code io.procession.transport}, {@code io.procession.transport.queue}, {@code memory} and {@code queue}.
 */
@NullMarked
package io.procession.transport.shm;

import org.jspecify.annotations.NullMarked;
