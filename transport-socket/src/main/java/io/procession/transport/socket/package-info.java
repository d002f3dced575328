/**
 * Links over loopback TCP. Two kinds of ends share all that matters; what differs is behind {@code Wire}.
 *
 * <pre>
 *   who listens (Netty)                               who connects (plain Java)
 *   SocketListener   port and folder of passes        ConnectAttempt   leaves a pass, connects, says HELLO
 *   Doorway          accepts, admits, refuses
 *   Reception        one stranger
 *   NettyWire        LinkChannel on an event loop     NioWire          SocketChannel, selector, thread
 *                    \                               /
 *                     SocketLink   delivers, closes, tells
 *                     FrameReader  cuts what was read      FrameWriter  who writes what when: Pace, Ticker, Batch
 * </pre>
 *
 * <p><b>Threads.</b> A link is served by one thread: an event loop, or its own. That thread alone calls the handler. Callers of {@code send} write on their own
 * thread if that can be done at once, and leave the frame to the link's thread otherwise; while frames gather, a ticker that all links share sees to the last of them. Nothing here waits for
 * anybody.
 *
 * <p><b>Nobody gets in</b> without having written to the private directory of the family: see {@code PassFolder}, and {@code docs/wire-protocol.md} for the bytes.
 *
 * <p><b>Imports</b> {@code io.procession.transport} and what it has for gathering; Netty in {@code Doorway}, what it makes, and nothing that a process needs to connect.
 */
@NullMarked
package io.procession.transport.socket;

import org.jspecify.annotations.NullMarked;
