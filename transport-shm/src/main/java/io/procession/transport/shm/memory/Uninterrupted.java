package io.procession.transport.shm.memory;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;

/** Work on channels that an interrupt of the thread would close: it is done again, and the interrupt stays. */
public final class Uninterrupted {
    /**
     * What is done, from opening the channel to closing it.
     *
     * @param <T> what comes of it
     */
    public interface Work<T> {
        /** Does it once. */
        T run() throws IOException;
    }

    private Uninterrupted() {}

    /** Does it until no interrupt has come between. */
    public static <T> T call(Work<T> work) throws IOException {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return work.run();
                } catch (ClosedByInterruptException e) {
                    interrupted |= Thread.interrupted();
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
