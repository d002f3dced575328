/**
 * The worker's half of a pool, and the messages both halves exchange.
 *
 * <p>A worker is a child process whose entry is {@link io.procession.internal.pool.WorkerEntry}. Three threads: the link's reader puts what
 * arrives into the {@link io.procession.internal.pool.TaskInbox}, the control reader serves interrupts, and the main thread runs one task after
 * the other.
 *
 * <p><b>What is where when a worker dies.</b> At any moment at most one task has been started and not answered, because the task thread
 * takes the next one only when the last answer is in the kernel. The status page names that task. So after the link was drained the
 * pool knows of each task it had sent: answered, started (it fails), or only prefetched (it runs elsewhere).
 *
 * <p><b>Imports</b> {@code task}, {@code transport}, {@code codec}, and the internal rooms {@code family}, {@code codec}, {@code connection},
 * {@code child}.
 */
@NullMarked
package io.procession.internal.pool;

import org.jspecify.annotations.NullMarked;
