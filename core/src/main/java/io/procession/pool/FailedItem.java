package io.procession.pool;

/** Says in the trace of a failure which item of a map it belongs to. Has no trace of its own. */
final class FailedItem extends RuntimeException {
    private static final long serialVersionUID = 1L;

    FailedItem(int index, int count) {
        super("this happened at item " + index + " of " + count, null, false, false);
    }
}
