/**
 * For the transports of this project whose links each have a thread that sleeps in the kernel until something comes: how a thread that waits for a message takes its place for a moment
 * ({@link io.procession.transport.Link#receiveHere}). A transport of somebody else's may do without, so this is no part of the API.
 *
 * <p><b>Imports</b> nothing of the project.
 */
@NullMarked
package io.procession.transport.guest;

import org.jspecify.annotations.NullMarked;
