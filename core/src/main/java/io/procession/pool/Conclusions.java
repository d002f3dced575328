package io.procession.pool;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;

/** Tasks that ended together, and how; who waits for them is told after the decision. */
final class Conclusions {
    private record Conclusion(PoolTask task, Answer answer, long workNanos) {}

    private final List<Conclusion> all;

    Conclusions(int atMost) {
        all = new ArrayList<>(atMost);
    }

    void add(PoolTask task, Answer answer, long workNanos) {
        all.add(new Conclusion(task, answer, workNanos));
    }

    boolean isEmpty() {
        return all.isEmpty();
    }

    /**
     * Tells all; one that fails does not keep the others from being told.
     *
     * @param ended is told at last how many they are
     */
    void tell(IntConsumer ended) {
        Effects telling = new Effects();
        for (Conclusion each : all) {
            telling.add(() -> each.task.receiver.answered(each.answer, each.workNanos));
        }
        try {
            telling.run();
        } finally {
            ended.accept(all.size());
        }
    }
}
