package io.procession.transport.shm.queue;

import static io.procession.transport.shm.queue.QueueMemory.HEADER;

import java.util.function.IntConsumer;

/**
 * Which processes sleep until there is an item, or room. As in Dekker's algorithm each side first does its own and then looks at the other's:
 *
 * <pre>
 *   who sleeps                              who has put (claimed)
 *   word of its slot = 1                    next of the last cell (state of a cell) changed
 *   sleepers + 1                            sleepers as when nobody was found? then nobody has gone to sleep since
 *   an item (room)? then stay awake         else look at all words, and whoever sets one to 0 rings
 * </pre>
 *
 * <p>Every step is a compare-and-set or a volatile read, so of the two looks at least one sees what the other side did. One object for each process and word; safe for all threads.
 */
final class Sleepers {
    private final QueueMemory memory;
    private final Slots slots;
    private final int word;

    /** After whom to look first, so that each gets his turn. Races only cost fairness. */
    private int last;

    /** What {@code sleepers} was before a look that found nobody, or rang at everybody. At first nobody has ever slept. */
    private volatile long looked;

    /**
     * Those who wait for one thing.
     *
     * @param word {@link HeaderLayout#WAITS_FOR_ITEM} or {@link HeaderLayout#WAITS_FOR_ROOM}
     */
    Sleepers(QueueMemory memory, Slots slots, int word) {
        this.memory = memory;
        this.slots = slots;
        this.word = word;
    }

    /** For who is about to sleep, before it looks a last time at what it waits for. */
    void announce(int owner) {
        // SYNC: the word before the counter; who sees the counter unchanged need not look at the word. Pairs with the
        // reads in chooseOne and chooseAll, in the other order.
        memory.compareAndSet(HEADER, HeaderLayout.slot(owner, word), 0, 1);
        long sleepers;
        do {
            sleepers = memory.get(HEADER, HeaderLayout.SLEEPERS);
        } while (!memory.compareAndSet(HEADER, HeaderLayout.SLEEPERS, sleepers, sleepers + 1));
    }

    /** For who stays awake after all, or has woken. False if somebody has rung: who was rung and leaves something there has to ring on, for nobody else was rung for it. */
    boolean withdraw(int owner) {
        return memory.compareAndSet(HEADER, HeaderLayout.slot(owner, word), 1, 0);
    }

    /** Whether nobody sleeps in a process, or somebody has rung at who does. */
    boolean isAwake(int owner) {
        return memory.get(HEADER, HeaderLayout.slot(owner, word)) == 0;
    }

    /** For who has put or claimed: whom to ring, 0 for nobody. By turns: who waits longest is not told from others. */
    int chooseOne() {
        // SYNC: the counter before the words, and after what was put or claimed; pairs with announce.
        long sleepers = memory.get(HEADER, HeaderLayout.SLEEPERS);
        if (sleepers == looked) {
            return 0;
        }
        int highest = slots.highest();
        int before = last < highest ? last : 0;
        for (int looked = 1; looked <= highest; looked++) {
            int owner = before + looked <= highest ? before + looked : before + looked - highest;
            if (choose(owner)) {
                last = owner;
                return owner;
            }
        }
        looked = sleepers;
        return 0;
    }

    /**
     * For who has changed what concerns all: whom to ring, everybody who sleeps at this moment, each once. Whoever announces later looks at what has changed before he sleeps, so one pass over the slots is
     * enough; and there must not be more, since who was rung and found nothing announces again at once.
     *
     * @param ring gets each of them
     */
    void chooseAll(IntConsumer ring) {
        long sleepers = memory.get(HEADER, HeaderLayout.SLEEPERS); // SYNC: as in chooseOne
        if (sleepers == looked) {
            return;
        }
        int highest = slots.highest();
        for (int owner = 1; owner <= highest; owner++) {
            if (choose(owner)) {
                ring.accept(owner);
            }
        }
        looked = sleepers;
    }

    /** Whether a process slept, and is now this one's to ring. */
    private boolean choose(int owner) {
        int at = HeaderLayout.slot(owner, word);
        // SYNC: pairs with withdraw and isAwake: of several who ring, or give up, one finds the 1.
        return memory.get(HEADER, at) == 1 && memory.compareAndSet(HEADER, at, 1, 0);
    }
}
