/**
 * A transport as somebody outside the project would write it: links over Unix-domain sockets, which Java has since 16, on the public SPI alone and proven by the
 * published contract tests. It does what the contract demands and no more: two threads a link, one system call a frame.
 *
 * <pre>
 *   client                                  host
 *     | -- connects to the socket's file ---> |  accepts, on one thread for all
 *     | -- greeting ------------------------> |  reads it on the link's own thread, then asks the acceptor
 *     | &lt;------------------------ greeting -- |  only now may the client's connect return
 *     | &lt;------- frames, both ways ---------> |  each begins with its length, so nothing has to be added
 * </pre>
 *
 * <p>What the contract asks for, and where it is: frames that wait, and how far they have gone, in {@code Outbox}; back-pressure in {@code Gate}; the handler, never by two threads at
 * once and never after its end, in {@code HandlerCalls}; a caller who can be interrupted while the system call cannot, in {@code ConnectAttempt}; a client
 * that says nothing and holds up nobody, in {@code UnixListener}.
 *
 * <p><b>Imports</b> {@code io.procession.transport} and nothing else of Procession.
 */
@NullMarked
package com.example.transport.unix;

import org.jspecify.annotations.NullMarked;
