package io.procession.queue;

/** All items of a {@link JoinableQueue} are accounted for, but some only because the process that took them ended before it said that they are done. */
public final class AbandonedItemsException extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    /** How many were abandoned. */
    private final long count;

    AbandonedItemsException(long count, String by) {
        super(
                count + (count == 1 ? " item was" : " items were") + " taken and not finished: " + by
                        + " ended before it called taskDone. Nothing is waited for any more; if the work must be done, put the items again");
        this.count = count;
    }

    /**
     * How many items nobody finished.
     *
     * @return at least 1
     */
    public long count() {
        return count;
    }
}
