package io.procession.tck.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.procession.queue.JoinableQueue;
import io.procession.queue.Queue;
import io.procession.queue.QueuePlacement;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** What the contracts of queues have in common: the queues of the transport under test, in the placement under test. */
abstract class QueueSuite {
    private static final String PLACEMENT = "procession.queue.placement";

    QueueSuite() {}

    /**
     * The transport under test.
     *
     * @return its id
     */
    protected abstract String transport();

    /**
     * Where the items of the queues lie. Joinable queues are hosted in any case.
     *
     * @return with the owner, unless a test class says otherwise
     */
    protected QueuePlacement placement() {
        return QueuePlacement.HOSTED;
    }

    /** For queues that children make as well: they inherit it. */
    @BeforeEach
    void choosePlacement() {
        System.setProperty(PLACEMENT, placement().name().toLowerCase(Locale.ROOT));
    }

    @AfterEach
    void forgetPlacement() {
        System.clearProperty(PLACEMENT);
    }

    final boolean isShared() {
        return placement() == QueuePlacement.SHARED;
    }

    final <T> Queue<T> queue() {
        return placed(Queue.<T>builder().transport(transport()).create());
    }

    final <T> Queue<T> bounded(int capacity) {
        return placed(
                Queue.<T>builder().transport(transport()).capacity(capacity).create());
    }

    final <T> Queue<T> boundedInBytes(long bytes) {
        return placed(
                Queue.<T>builder().transport(transport()).capacityBytes(bytes).create());
    }

    final <T> JoinableQueue<T> joinable() {
        return Queue.<T>builder().transport(transport()).createJoinable();
    }

    private <T> Queue<T> placed(Queue<T> queue) {
        assertThat(queue.placement()).isEqualTo(placement());
        return queue;
    }
}
