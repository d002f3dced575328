package io.procession.transport.shm.queue;

import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The segments of this process for all its queues: for each queue the same as long as the process uses it, or has items in it. Safe for all threads, which wait for each other here.
 *
 * <p>What is known of a queue goes when its last use is {@linkplain Use#left over} and no item of this process is left in it, or when it was {@linkplain Use#removed removed}. Of a queue in which items were left behind nobody says
 * here when it ends: such queues are looked at by turns, a few whenever another use begins, so that it costs no more with many of them than with few.
 */
final class SegmentPools {
    /** So many are looked at when a use begins, which leaves behind one at the most: so what is gone is found faster than it comes. */
    static final int LOOKS = 4;

    private final long incarnation;
    private final Predicate<QueueFiles> isRemoved;
    private final Map<String, Known> known = new HashMap<>(); // by the name of the queue; guarded by itself
    private final Set<Known> behind = new LinkedHashSet<>(); // those that nobody uses, by turns; guarded by known

    SegmentPools(long incarnation) {
        this(incarnation, QueueFiles::isRemoved);
    }

    SegmentPools(long incarnation, Predicate<QueueFiles> isRemoved) {
        this.incarnation = incarnation;
        this.isRemoved = isRemoved;
    }

    /** A use of a queue begins; the use is to be ended in one of its two ways. */
    Use use(QueueFiles files) {
        synchronized (known) {
            lookBehind();
            Known queue = known.computeIfAbsent(files.name(), name -> new Known(files, incarnation));
            queue.uses++;
            behind.remove(queue);
            return new Use(queue);
        }
    }

    private void lookBehind() {
        for (int looks = Math.min(LOOKS, behind.size()); looks > 0; looks--) {
            Iterator<Known> first = behind.iterator();
            Known queue = first.next();
            first.remove();
            keepBehind(queue);
        }
    }

    /** Keeps what is known of a queue that nobody uses, unless it is gone. */
    private void keepBehind(Known queue) {
        if (isRemoved.test(queue.segments.files())) {
            known.remove(queue.name(), queue);
        } else {
            behind.add(queue);
        }
    }

    /** How many queues are known, for tests. */
    int count() {
        synchronized (known) {
            return known.size();
        }
    }

    /** What is known of a queue; one is the same as another only if it is that one. */
    private static final class Known {
        private final SegmentPool segments;
        private int uses;

        Known(QueueFiles files, long incarnation) {
            this.segments = new SegmentPool(files, incarnation);
        }

        String name() {
            return segments.files().name();
        }
    }

    /** One use of a queue, which ends once, however often it is said. */
    final class Use {
        private final Known queue;
        private boolean over; // guarded by known

        private Use(Known queue) {
            this.queue = queue;
        }

        SegmentPool segments() {
            return queue.segments;
        }

        /** This use is over. The queue may be there on, and may be used again. */
        void left() {
            synchronized (known) {
                if (over) {
                    return;
                }
                over = true;
                queue.uses--;
                if (queue.uses > 0) {
                    return;
                }
                if (queue.segments.count() == 0) {
                    known.remove(queue.name(), queue);
                } else {
                    keepBehind(queue);
                }
            }
        }

        /** The files of the queue are gone: nobody uses it anew. */
        void removed() {
            synchronized (known) {
                over = true;
                known.remove(queue.name(), queue);
                behind.remove(queue);
            }
        }
    }
}
