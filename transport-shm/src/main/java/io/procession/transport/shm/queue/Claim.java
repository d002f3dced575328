package io.procession.transport.shm.queue;

/**
 * A cell whose item is this process's to read, and to commit or give back.
 *
 * @param cell its number
 * @param state as the claim wrote it
 */
record Claim(int cell, long state) {}
