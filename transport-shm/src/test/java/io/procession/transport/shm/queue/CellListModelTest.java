package io.procession.transport.shm.queue;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Every order of the steps of two or three processes, with deaths and stops at each step, over the real algorithm. */
class CellListModelTest {
    private static final Consumer<Crew> TAKE = Crew::take;
    private static final Consumer<Crew> GIVE_BACK = Crew::takeAndGiveBack;
    private static final Consumer<Crew> RECOVER = Crew::recover;

    private int cells = 4;
    private int deaths;
    private int mortals = Integer.MAX_VALUE;
    private int stops = Integer.MAX_VALUE;
    private Bound bound = Bound.NONE;
    private Consumer<Crew> before = crew -> {};

    @Test
    void twoWhoPut() {
        List<TreeSet<String>> all = explore(calls(put(1)), calls(put(2)));
        assertThat(all).hasSize(1);
    }

    @Test
    void onePutsTwiceAndOneTakesTwice() {
        explore(calls(put(1), put(2)), calls(TAKE, TAKE));
    }

    @Test
    void whatIsThereIsFoundByBoth() {
        before = crew -> {
            crew.put(1);
            crew.put(2);
        };
        for (TreeSet<String> notes : explore(calls(TAKE), calls(TAKE))) {
            assertThat(notes).contains("taken 1", "taken 2");
        }
    }

    @Test
    void cellsAreUsedAgainWhileOthersStillLookAtThem() {
        cells = 2;
        before = crew -> crew.put(8);
        explore(calls(TAKE, put(1), TAKE), calls(TAKE, TAKE));
    }

    @Test
    void aBoundHolds() {
        bound = new Bound(1, Long.MAX_VALUE);
        for (TreeSet<String> notes : explore(calls(put(1)), calls(put(2)))) {
            assertThat(notes).matches(noted -> noted.contains("FULL 1") != noted.contains("FULL 2"));
        }
        explore(calls(put(1), put(2)), calls(TAKE, put(3)));
    }

    @Test
    void aBoundInBytesHolds() {
        bound = new Bound(Long.MAX_VALUE, 5);
        for (TreeSet<String> notes : explore(calls(put(3)), calls(put(4)))) {
            assertThat(notes).matches(noted -> noted.contains("FULL 3") != noted.contains("FULL 4"));
        }
    }

    @Test
    void nothingIsPutAfterAShutdown() {
        for (TreeSet<String> notes : explore(calls(put(1)), calls(Crew::shut, put(2)))) {
            assertThat(notes).contains("SHUT 2");
        }
    }

    @Test
    void nobodyIsToldThatNothingComesWhileAnItemGoesFromHandToHand() {
        cells = 2;
        before = crew -> {
            crew.put(8);
            crew.takeAndGiveBack();
            crew.shut();
        };
        for (TreeSet<String> notes : explore(calls(GIVE_BACK, GIVE_BACK), calls(Crew::isDry))) {
            assertThat(notes).contains("not dry");
        }
        for (TreeSet<String> notes : explore(calls(TAKE), calls(Crew::isDry, TAKE))) {
            assertThat(notes).matches(noted -> !noted.contains("dry") || noted.contains("empty"));
        }
    }

    @Test
    void aSizeIsOneThatWas() {
        before = crew -> crew.put(8);
        for (TreeSet<String> notes : explore(calls(put(1)), calls(Crew::size))) {
            assertThat(notes).matches(noted -> noted.contains("size 1") || noted.contains("size 2"));
        }
        for (TreeSet<String> notes : explore(calls(TAKE), calls(Crew::size))) {
            assertThat(notes).matches(noted -> noted.contains("size 1") || noted.contains("size 0"));
        }
    }

    @Test
    void oneOfTwoDiesAnywhere() {
        deaths = 1;
        explore(calls(put(1), put(2)), calls(TAKE, RECOVER, TAKE));
    }

    @Test
    void bothWhoTakeMayDie() {
        deaths = 2;
        before = crew -> crew.put(8);
        explore(calls(TAKE), calls(RECOVER, TAKE));
    }

    @Test
    void whatIsGivenBackComesAgain() {
        before = crew -> crew.put(8);
        deaths = 1;
        explore(calls(GIVE_BACK, put(1)), calls(TAKE, RECOVER));
    }

    @Test
    void twoRecoverTheSame() {
        deaths = 1;
        before = crew -> crew.put(8);
        cells = 3;
        explore(calls(TAKE), calls(RECOVER), calls(RECOVER, TAKE));
    }

    @Test
    void aLatecomerInTheSlotOfTheDeadKeepsWhatItHas() {
        deaths = 1;
        mortals = 1;
        cells = 3;
        before = crew -> crew.put(8);
        explore(calls(TAKE), calls(RECOVER), calls(RECOVER, Crew::joinAndTake));
    }

    @Test
    void whoIsStoppedAnywhereWhileOthersUseTheCellsAgain() {
        stops = 3;
        cells = 3;
        before = crew -> {
            crew.put(9);
            crew.put(8);
            crew.take();
        };
        explore(calls(TAKE, put(1), TAKE, put(2), put(3)), calls(TAKE));
        explore(calls(TAKE, put(1), TAKE, put(2), TAKE, put(3)), calls(put(4), put(5)));
    }

    @Test
    void oneOfThreeDiesWhileOthersAreStopped() {
        stops = 2;
        deaths = 1;
        before = crew -> crew.put(8);
        explore(calls(put(1)), calls(TAKE), calls(RECOVER, TAKE));
    }

    @Test
    void whatALargeItemHasBorrowedIsNotLentAgainWhileSomebodyMayReadIt() {
        Consumer<Crew> puts = crew -> crew.putThroughExtent(1, 2);
        List<TreeSet<String>> all = explore(calls(puts), calls(TAKE, TAKE));
        assertThat(all).anyMatch(notes -> notes.contains("LINKED 2"));
        assertThat(all).anyMatch(notes -> notes.contains("no room 2"));
        deaths = 1;
        explore(calls(puts), calls(GIVE_BACK, TAKE));
        stops = 3;
        explore(calls(puts), calls(TAKE), calls(RECOVER, TAKE));
    }

    @Test
    void whoSleepsIsRungAtIfThereIsAnItem() {
        for (TreeSet<String> notes : explore(calls(crew -> crew.putAndRing(1)), calls(Crew::takeOrSleep))) {
            assertThat(notes).matches(noted -> !noted.contains("asleep") || noted.contains("rung 2"));
        }
        // Who has found nobody before must not trust in that.
        Consumer<Crew> putsTwice = crew -> {
            crew.putAndRing(1);
            crew.putAndRing(2);
        };
        for (TreeSet<String> notes : explore(calls(putsTwice), calls(Crew::takeOrSleep))) {
            assertThat(notes).matches(noted -> !noted.contains("asleep") || noted.contains("rung 2"));
        }
    }

    @Test
    @Tag("long")
    void threeAtOnceOfWhomOneDies() {
        deaths = 1;
        before = crew -> crew.put(8);
        explore(calls(put(1)), calls(TAKE), calls(TAKE, RECOVER));
    }

    @Test
    @Tag("long")
    void threeAtOnceOnTwoItems() {
        explore(calls(put(1)), calls(put(2)), calls(TAKE));
    }

    private static Consumer<Crew> put(int item) {
        return crew -> crew.put(item);
    }

    @SafeVarargs
    @SuppressWarnings("varargs")
    private static List<Consumer<Crew>> calls(Consumer<Crew>... calls) {
        return Arrays.asList(calls);
    }

    /** What was noted in each outcome, each outcome once. */
    @SafeVarargs
    @SuppressWarnings("varargs")
    private List<TreeSet<String>> explore(List<Consumer<Crew>>... programs) {
        Explorer explorer = new Explorer(cells, bound, before, Arrays.asList(programs))
                .deaths(deaths)
                .mortals(mortals)
                .stops(stops);
        List<TreeSet<String>> different = new ArrayList<>();
        explorer.explore(outcome -> {
            Verdict.of(outcome, bound).check();
            TreeSet<String> notes = new TreeSet<>();
            outcome.notes().forEach(notes::addAll);
            if (!different.contains(notes)) {
                different.add(notes);
            }
        });
        return different;
    }
}
