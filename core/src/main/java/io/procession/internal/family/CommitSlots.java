package io.procession.internal.family;

/**
 * Some words side by side in the status page that say how much of something this process has taken for good. Written without a system call,
 * read by others after this process died, or while it lives. What a word means is known to whoever asked for it.
 */
public final class CommitSlots {
    private final StatusPage owner;
    private final MappedPage page;
    private final int index;
    private final int count;

    CommitSlots(StatusPage owner, MappedPage page, int index, int count) {
        this.owner = owner;
        this.page = page;
        this.index = index;
        this.count = count;
    }

    /** The number by which a {@link StatusPageReader} finds the first of them. */
    public int index() {
        return index;
    }

    /**
     * Writes a word. Whoever reads a word also finds every word that its writer wrote before.
     *
     * @param word which, from 0
     * @param value any
     */
    public void set(int word, long value) {
        page.setLong(PageLayout.offsetOf(index + word), value);
    }

    /** Gives the words back, all zero, once nobody will read them any more. Call once. */
    public void release() {
        for (int word = 0; word < count; word++) {
            set(word, 0);
        }
        owner.release(index, count);
    }
}
