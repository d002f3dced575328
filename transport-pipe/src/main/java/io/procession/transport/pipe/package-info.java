/**
 * Links over POSIX named pipes (FIFOs). A FIFO has no accept, no selector and no timeout, and a blocked open, read or write of one ignores
 * interrupts. What follows is built so that no caller ever meets that.
 *
 * <p><b>Opening.</b> {@code open} for reading blocks until somebody writes. Every such open happens under a keeper, a descriptor open for reading
 * <em>and</em> writing, which never blocks. What a process writes to, it holds open for both: it cannot block either, and shows through {@code
 * FIONREAD} how many bytes the other side has not read yet.
 *
 * <p><b>A listener</b> is a directory with two FIFOs, and a stock of pairs of FIFOs made ahead by one {@code mkfifo}:
 *
 * <pre>
 *   client                                        host
 *     | -- announcement --------> rendezvous ------> |  makes more pairs when the stock runs low
 *     | &lt;------------------------ tickets &lt;--------- |  (a ticket is the number of a pair that nobody else will get)
 *     | opens 7u to write, 7d to read                |  (holds 7d open to write since it exists)
 *     | -- claim of 7 ----------> rendezvous ------> |  opens 7u to read, removes the names, asks the acceptor
 *     | &lt;-- greeting, then frames -- 7d ------------ |
 *     | --- frames ----------------- 7u -----------> |
 * </pre>
 *
 * <p>All records are far smaller than {@code PIPE_BUF}, so they neither mix nor tear, and the kernel gives each ticket to one reader. The host is the only
 * writer of the tickets and of {@code 7d}: when it dies, in whatever step, the client reads end of file. When a client dies before its claim, its
 * ticket is missing from the FIFO and the pair is discarded later; after it, the host reads end of file.
 *
 * <p><b>A link</b> has one thread that reads. A caller of {@code send} writes on its own thread if what is unread leaves so much room that the write
 * cannot block, by a call that interrupts do not reach; otherwise the frame is queued and a second thread, started at the first need, writes in large
 * pieces and may block. On the side that connects, small frames that follow each other fast gather in a file that outlives the process, {@code 7s}, and the second thread writes many at once. Closing a channel ends a blocked read or write, so nothing stays behind in native code.
 *
 * <p><b>Imports</b> {@code io.procession.transport} and its {@code gather}, and nothing else.
 */
@NullMarked
package io.procession.transport.pipe;

import org.jspecify.annotations.NullMarked;
