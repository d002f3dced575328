package io.procession.transport.tck;

/** The two ends of one link, both in this JVM. */
record Pair(End host, End client) {}
