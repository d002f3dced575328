package io.procession.pool;

/** Says in the trace of a failure which item of a map it belongs to. Has no trace of its own. */
final class FailedItem extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * @param item such as {@code at item 3 of 10}
     */
    FailedItem(String item) {
        super("this happened " + item, null, false, false);
    }
}
