package io.procession.internal.queue;

import io.procession.internal.hosting.Ending;
import java.util.List;

/** Who stands in a line at the host. Guarded by the lock of the {@link HostedQueue}; told once, after he was taken out of the line. */
interface Waiting {
    /** The queue was shut down: what he waits for will not come. */
    void refuse();

    /** Who waits for items. */
    interface ForItems extends Waiting {
        /** Gets them. */
        void serve(List<Item> items);

        /** How many he can use at once. */
        int demand();

        /** How many he takes. */
        int max();
    }

    /** Who waits for room. */
    interface ForRoom extends Waiting {
        /** Reserves places while there is room; false if there is none for the first, and he stays in the line. */
        boolean grant(Contents contents);

        /** There was none at once, for one who does not wait; he was taken out of the line. */
        default void noRoom() {}
    }

    /** Who waits until every item is done. */
    interface ForAll extends Waiting {
        /** They are. */
        void finished(Finished how);
    }

    /** Who waits until nothing more is put. */
    interface ForQuiet {
        /** It is so, or somebody does not answer. */
        void quiet();
    }

    /** Who is of the process that hosts the queue, and so is told of its end here. */
    interface Endable {
        /** The queue has ended. */
        void ended(Ending why);
    }
}
