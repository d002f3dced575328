package io.procession.internal.family;

/**
 * A counter in the status page that says how much of something this process has taken for good. Written without a system call,
 * read by others after this process died.
 */
public final class CommitSlot {
    private final StatusPage owner;
    private final MappedPage page;
    private final int index;

    CommitSlot(StatusPage owner, MappedPage page, int index) {
        this.owner = owner;
        this.page = page;
        this.index = index;
    }

    /** The number by which a {@link StatusPageReader} finds this slot. */
    public int index() {
        return index;
    }

    /**
     * Says that everything up to here is taken. One writer at a time; values grow.
     *
     * @param taken the count
     */
    public void advanceTo(long taken) {
        page.setLong(PageLayout.offsetOf(index), taken);
    }

    /** Gives the slot back, with its counter at zero, once nobody will read it any more. Call once. */
    public void release() {
        advanceTo(0);
        owner.release(index);
    }
}
