/**
 * Memory that processes share: files that are mapped, and single words in them that are read and changed in a certain order. Which word is used how stands in {@code docs/memory-layout.md}.
 *
 * <p><b>Imports</b> nothing of Procession.
 */
@NullMarked
package io.procession.transport.shm.memory;

import org.jspecify.annotations.NullMarked;
