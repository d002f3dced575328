/**
 * For the transports of this project whose every write costs a system call: when frames are to be written together ({@link io.procession.transport.gather.Pace}), and where they lie until then, so that
 * they survive their process ({@link io.procession.transport.gather.SendMemory}, {@link io.procession.transport.gather.Remainder}). A transport of somebody else's may need none of it, so this is no part of the API.
 *
 * <p><b>Imports</b> nothing of the project.
 */
@NullMarked
package io.procession.transport.gather;

import org.jspecify.annotations.NullMarked;
