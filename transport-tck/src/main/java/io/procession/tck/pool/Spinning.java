package io.procession.tck.pool;

import io.procession.task.Task;
import java.nio.file.Path;

/** Tasks that announce themselves and do not end. */
final class Spinning {
    private Spinning() {}

    /** One that ignores interrupts. */
    static Task<Integer> at(Path file) {
        return () -> Tasks.announceAndSpin(file);
    }

    /** One that ends when it is interrupted. */
    static Task<Integer> waitingAt(Path file) {
        return () -> Tasks.announceAndWait(file);
    }
}
