package io.procession.internal.queue;

import io.procession.internal.hosting.Ending;
import io.procession.internal.hosting.ObjectEndedException;
import java.util.concurrent.locks.Condition;
import org.jspecify.annotations.Nullable;

/** Who waits for items of another process's queue. Guarded by the lock of {@link Takers}; answered once. */
abstract class Taker {
    private final int wanted;

    Taker(int wanted) {
        this.wanted = wanted;
    }

    /** How many items he takes at most. */
    int wanted() {
        return wanted;
    }

    /** He gets some; null for none. */
    abstract void give(@Nullable Delivery delivery);

    /** None will come. */
    abstract void end(Ending why);

    /** A thread. */
    static final class Blocked extends Taker {
        private final Condition woken;
        private @Nullable Delivery delivery;
        private @Nullable Ending ending;
        private boolean answered;

        Blocked(Condition woken, int wanted) {
            super(wanted);
            this.woken = woken;
        }

        @Override
        void give(@Nullable Delivery given) {
            delivery = given;
            answered = true;
            woken.signal();
        }

        @Override
        void end(Ending why) {
            ending = why;
            answered = true;
            woken.signal();
        }

        boolean isAnswered() {
            return answered;
        }

        Condition woken() {
            return woken;
        }

        @Nullable
        Delivery answer() throws ObjectEndedException {
            if (ending != null) {
                throw new ObjectEndedException(ending);
            }
            return delivery;
        }
    }

    /** Somebody without a thread. */
    static final class Later extends Taker {
        private final Afterwards afterwards;
        private final QueueEngine.Later later;

        Later(Afterwards afterwards, QueueEngine.Later later) {
            super(1);
            this.afterwards = afterwards;
            this.later = later;
        }

        @Override
        void give(@Nullable Delivery delivery) {
            if (delivery != null) {
                afterwards.add(() -> later.served(delivery));
            }
        }

        @Override
        void end(Ending why) {
            afterwards.add(() -> later.failed(new ObjectEndedException(why)));
        }
    }
}
