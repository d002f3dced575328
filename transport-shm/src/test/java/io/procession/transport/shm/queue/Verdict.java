package io.procession.transport.shm.queue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Judges the end of an order of steps: recovers the dead, takes what is left, and counts items and cells. */
final class Verdict {
    private final Explorer.Outcome outcome;
    private final Bound bound;
    private final List<String> drained = new ArrayList<>();

    private Verdict(Explorer.Outcome outcome, Bound bound) {
        this.outcome = outcome;
        this.bound = bound;
    }

    static Verdict of(Explorer.Outcome outcome, Bound bound) {
        return new Verdict(outcome, bound);
    }

    void check() {
        Crew last = new Crew(
                outcome.memory(),
                incarnation -> (outcome.dead() >> (int) incarnation & 1) == 0,
                drained,
                bound,
                ModelWords.SLOTS);
        long waiting = last.list.size();
        require(waiting <= bound.items(), "more items than the bound");
        last.recover();
        last.drain(false);
        int found = drained.size();
        last.drain(true);
        require(drained.size() == found, "an item came back and nobody was told");
        checkItems();
        checkCells(last);
        if (outcome.dead() == 0) {
            checkOrder();
        }
    }

    private void checkItems() {
        List<String> all = new ArrayList<>(drained);
        Set<String> unfinished = new HashSet<>();
        for (List<String> notes : outcome.notes()) {
            all.addAll(notes);
            String last = notes.isEmpty() ? "" : notes.get(notes.size() - 1);
            if (last.startsWith("taking ") || last.startsWith("putting ")) {
                unfinished.add(last.substring(last.indexOf(' ') + 1));
            }
        }
        require(
                all.stream().noneMatch(note -> note.startsWith("lost ") || note.equals("drained in vain")),
                "a claim of a living process was broken");
        for (int item = 1; item <= 9; item++) {
            String name = " " + item;
            int times = Collections.frequency(all, "taken" + name) + Collections.frequency(all, "drained" + name);
            boolean put = all.contains("LINKED" + name);
            require(times <= 1, "item" + name + " came " + times + " times");
            require(times == 1 || !put || unfinished.contains("" + item), "item" + name + " is lost");
            require(times == 0 || put || unfinished.contains("" + item), "item" + name + " was never put");
        }
    }

    private void checkCells(Crew last) {
        int cells = outcome.memory().cells();
        int free = 0;
        while (last.pool.allocate(ModelWords.SLOTS) != CellPool.NONE) {
            free++;
        }
        require(free == cells - 1, "of " + cells + " cells " + free + " are free, and 1 is the head");
    }

    /** Items of one producer were taken in the order in which it put them: by each process, and then by who took what was left. */
    private void checkOrder() {
        for (List<String> producer : outcome.notes()) {
            List<String> put = producer.stream()
                    .filter(note -> note.startsWith("LINKED "))
                    .map(note -> note.substring(7))
                    .toList();
            for (List<String> taker : outcome.notes()) {
                List<String> inOrder = new ArrayList<>(taker);
                inOrder.addAll(drained); // what is left came later than what was taken
                checkOrder(put, inOrder);
            }
        }
    }

    private void checkOrder(List<String> put, List<String> taker) {
        int at = -1;
        for (String note : taker) {
            boolean came = note.startsWith("taken ") || note.startsWith("drained ");
            int index = came ? put.indexOf(note.substring(note.indexOf(' ') + 1)) : -1;
            require(index < 0 || index > at, "items overtook each other");
            at = Math.max(at, index);
        }
    }

    private void require(boolean condition, String otherwise) {
        if (!condition) {
            throw new AssertionError(otherwise + ": " + outcome.notes() + ", dead "
                    + Integer.toBinaryString(outcome.dead()) + ", then " + drained);
        }
    }
}
