package io.procession.internal.family;

import java.io.File;

/**
 * What a child must know to join its family; part of the bootstrap file.
 *
 * @param directory the family's directory
 * @param self this process; its pid is 0, because the parent writes this before it knows it
 * @param parent the process that started it
 * @param depth how many generations below the root
 * @param daemon whether the parent does not wait for it
 * @param parentDaemon whether the parent is such a one itself
 */
public record Membership(
        File directory,
        ProcessIdentity self,
        ProcessIdentity parent,
        int depth,
        boolean daemon,
        boolean parentDaemon) {}
