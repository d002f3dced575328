package io.procession.internal.queue;

/**
 * All items that were put are done, one way or another.
 *
 * @param abandoned how many only because whoever took them ended before it said so
 * @param by who that was, for a text; empty if nobody
 */
public record Finished(long abandoned, String by) {}
