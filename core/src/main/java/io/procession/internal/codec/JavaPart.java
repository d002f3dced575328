package io.procession.internal.codec;

import java.io.Serializable;

/** Stands in a Java stream for the next value behind it. Each is an object of its own: streams write the same one only once. */
final class JavaPart implements Serializable {
    private static final long serialVersionUID = 1L;

    JavaPart() {}
}
