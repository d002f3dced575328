package io.procession.transport.shm.queue;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who is rung at, of those who sleep. */
class SleepersTest {
    private final ModelWords memory = new ModelWords(1);
    private final Sleepers sleepers =
            new Sleepers(memory, new Slots(memory, ModelWords.SLOTS), HeaderLayout.WAITS_FOR_ITEM);
    private final List<Integer> rung = new ArrayList<>();

    @BeforeEach
    void threeSlots() {
        memory.set(QueueMemory.HEADER, HeaderLayout.HIGHEST, 3);
    }

    @Test
    void oneAfterTheOtherGetsHisTurn() {
        List.of(1, 2, 3).forEach(sleepers::announce);
        assertThat(List.of(sleepers.chooseOne(), sleepers.chooseOne())).containsExactly(1, 2);
        sleepers.announce(1);
        assertThat(List.of(sleepers.chooseOne(), sleepers.chooseOne(), sleepers.chooseOne()))
                .containsExactly(3, 1, 0);
    }

    @Test
    void allAreRungAtOnceEachAlsoIfEachSleepsAgainAtOnce() {
        List.of(1, 3).forEach(sleepers::announce);
        sleepers.chooseAll(owner -> {
            rung.add(owner);
            sleepers.announce(owner);
        });
        assertThat(rung).containsExactly(1, 3);
        sleepers.chooseAll(rung::add);
        assertThat(rung).as("who announced meanwhile is not forgotten").containsExactly(1, 3, 1, 3);
        sleepers.chooseAll(rung::add);
        assertThat(rung).as("nobody sleeps").hasSize(4);
        sleepers.announce(2);
        sleepers.chooseAll(rung::add);
        assertThat(rung).hasSize(5).endsWith(2);
    }
}
