/**
 * Links over loopback TCP. All ends share what matters; what differs is behind {@code Wire}.
 *
 * <pre>
 *   who listens                                       who connects
 *   SocketListener   port and folder of passes        ConnectAttempt   leaves a pass, connects, says HELLO
 *   Doorway          accepts, admits, refuses             |
 *   Reception        one stranger                         |
 *   HostedLinks      who serves a link                    |
 *     |         \                                         |
 *   NettyWire    \---------------------------------- NioWire
 *   LinkChannel on an event loop                      SocketChannel, selector, thread
 *                    \                               /
 *                     SocketLink   delivers, closes, tells
 *                     FrameReader  cuts what was read      FrameWriter  who writes what when: Pace, Ticker, Batch
 * </pre>
 *
 * <p><b>Threads.</b> A listener has one for its door. A link is served by one thread: its own, or an event loop. That thread alone calls the handler. Callers of {@code send} write on their own
 * thread if that can be done at once, and leave the frame to the link's thread otherwise; while frames gather, a ticker that all links share sees to the last of them. Nothing here waits for
 * anybody.
 *
 * <p><b>Nobody gets in</b> without having written to the private directory of the family: see {@code PassFolder}, and {@code docs/wire-protocol.md} for the bytes.
 *
 * <p><b>Imports</b> {@code io.procession.transport} and what it has for gathering; Netty in {@code NettyWire}, what serves it, and nothing that a process needs that holds a few links.
 */
@NullMarked
package io.procession.transport.socket;

import org.jspecify.annotations.NullMarked;
