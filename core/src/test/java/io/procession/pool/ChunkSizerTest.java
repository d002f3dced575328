package io.procession.pool;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Chunks that are cut by what their items took. */
class ChunkSizerTest {
    private static final int MANY = 100_000_000;
    private static final int WORKERS = 2;

    /** The size that holds when tasks of a given time have been measured often. */
    private static int sizeFor(long nanosPerItem) {
        ChunkSizer sizer = new ChunkSizer(0);
        for (int i = 0; i < 10; i++) {
            int size = sizer.next(MANY, WORKERS);
            sizer.measured(size, size * nanosPerItem);
        }
        return sizer.next(MANY, WORKERS);
    }

    @Test
    void aChunkTakesAsLongHoweverLongItsItemsTake() {
        for (long nanosPerItem : new long[] {100, 10_000, 1_000_000}) {
            assertThat(sizeFor(nanosPerItem) * nanosPerItem).isEqualTo(ChunkSizer.TARGET_NANOS);
        }
    }

    @Test
    void longTasksGoOneByOne() {
        assertThat(sizeFor(ChunkSizer.TARGET_NANOS)).isEqualTo(1);
        assertThat(sizeFor(60_000_000_000L)).isEqualTo(1);
    }

    @Test
    void theFirstIsOneItemAndNoneIsManyTimesTheLast() {
        ChunkSizer sizer = new ChunkSizer(0);
        int size = sizer.next(MANY, WORKERS);
        assertThat(size).isEqualTo(1);
        for (int i = 0; i < 4; i++) {
            sizer.measured(size, 0); // too fast to be measured
            int next = sizer.next(MANY, WORKERS);
            assertThat(next).isGreaterThan(size).isLessThanOrEqualTo(16 * size);
            size = next;
        }
    }

    @Test
    void tasksThatBecomeSlowerGetSmallerChunksAtOnce() {
        ChunkSizer sizer = new ChunkSizer(0);
        for (int i = 0; i < 10; i++) {
            sizer.measured(sizer.next(MANY, WORKERS), 1);
        }
        int size = sizer.next(MANY, WORKERS);
        assertThat(size).isGreaterThan(1000);
        sizer.measured(size, size * 1_000_000L);
        assertThat(sizer.next(MANY, WORKERS)).isEqualTo(5);
    }

    @Test
    void nobodyGetsMoreThanAFairPartOfWhatIsLeft() {
        ChunkSizer sizer = new ChunkSizer(0);
        for (int i = 0; i < 10; i++) {
            sizer.measured(sizer.next(MANY, WORKERS), 1);
        }
        assertThat(sizer.next(100, WORKERS)).isEqualTo(25);
        assertThat(sizer.next(3, WORKERS)).isEqualTo(1);
        assertThat(sizer.next(1, 64)).isEqualTo(1);
    }

    @Test
    void aSizeThatIsSetByHandHoldsWhateverIsMeasured() {
        ChunkSizer sizer = new ChunkSizer(20);
        sizer.measured(20, 1);
        assertThat(sizer.next(MANY, WORKERS)).isEqualTo(20);
        sizer.measured(20, Long.MAX_VALUE);
        assertThat(sizer.next(MANY, WORKERS)).isEqualTo(20);
        assertThat(sizer.next(7, WORKERS)).isEqualTo(7);
    }
}
