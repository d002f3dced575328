/**
 * This process as a member of a family: the root program and all its descendants.
 *
 * <p>A family has one private directory. In it each member has a byte of the participants file, locked for as long as the member
 * lives, and a status page that tells others what it was doing when it died. The room also holds the order in which a process
 * takes itself down ({@link io.procession.internal.family.ExitSequence}).
 *
 * <p>A child passes through here before it runs its first line of user code, so nothing on that path touches
 * {@code java.nio.file.Files} (40 ms when cold), maps memory (15 to 45 ms) or asks {@code ProcessHandle} (10 to 20 ms).
 *
 * <p><b>Imports</b> {@code transport}.
 */
@NullMarked
package io.procession.internal.family;

import org.jspecify.annotations.NullMarked;
