package io.procession.internal.connection;

import java.nio.ByteBuffer;

/** The definition of a shape, which a connection sends once and before the first message that needs it. */
record Announcement(int id, ByteBuffer bytes) {}
