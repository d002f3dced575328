package io.procession.transport.shm.queue;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Runs a few actors on one memory in every order of their steps, and with every death at every step; a stop is an order in which the others go on. The calls are the real code: only what the memory answers
 * is decided here. Two orders that leave the same memory, and have brought each actor to the same place with the same notes, are the same from there on, so only one of them is followed.
 *
 * <p>What it shows is true of one order of all steps. That the machine shows each process its steps in such an order is the business of the access modes, which jcstress looks at.
 */
final class Explorer {
    /** Where an actor is: in which of its calls, what it was answered in it, what it noted before, and its next step; null at the end. */
    private record Stand(
            int call,
            long[] answers,
            List<String> notes,
            @Nullable Replay next) {}

    /** The last one is who did the latest step; it counts how often one was stopped in the middle so that another could go on. */
    private record Place(ModelWords memory, Stand[] stands, int dead, int last, int stops) {}

    private record Key(long one, long two) {}

    /** The end of one order: what was noted before and by each actor; bit n of dead stands for the actor of slot n. */
    record Outcome(ModelWords memory, List<List<String>> notes, int dead) {}

    private final Bound bound;
    private final ModelWords start;
    private final List<List<Consumer<Crew>>> programs;
    private final Set<Key> seen = new HashSet<>();
    private final Deque<Place> open = new ArrayDeque<>();
    private final List<String> earlier = new ArrayList<>();
    private int deaths;
    private int mortals = Integer.MAX_VALUE;
    private int stops = Integer.MAX_VALUE;

    /**
     * A beginning.
     *
     * @param cells how many the memory has
     * @param bound of the queue
     * @param before what has happened before the actors begin, in a process of its own
     * @param programs the calls of each actor
     */
    Explorer(int cells, Bound bound, Consumer<Crew> before, List<List<Consumer<Crew>>> programs) {
        this.bound = bound;
        this.programs = programs;
        this.start = new ModelWords(cells);
        new CellList(start, bound).initialize();
        before.accept(new Crew(start, incarnation -> true, earlier, bound, ModelWords.SLOTS));
        start.set(QueueMemory.HEADER, HeaderLayout.HIGHEST, ModelWords.SLOTS);
        for (int i = 0; i < programs.size(); i++) {
            start.set(QueueMemory.HEADER, HeaderLayout.slot(i + 1, HeaderLayout.INCARNATION), i + 1);
        }
    }

    /** So many actors may die, any of them anywhere. */
    Explorer deaths(int most) {
        deaths = most;
        return this;
    }

    /** Only so many of the first actors may die. */
    Explorer mortals(int first) {
        mortals = first;
        return this;
    }

    /** Only so many times somebody is stopped for somebody else, not at every step; for long programs. */
    Explorer stops(int most) {
        stops = most;
        return this;
    }

    /** Follows every order; the check gets every outcome. */
    void explore(Consumer<Outcome> check) {
        Stand[] stands = new Stand[programs.size()];
        for (int actor = 0; actor < stands.length; actor++) {
            stands[actor] = settle(actor, 0, new long[0], List.of());
        }
        add(new Place(start, stands, 0, 0, 0));
        for (Place place = open.pollLast(); place != null; place = open.pollLast()) {
            expand(place, check);
        }
    }

    private void expand(Place place, Consumer<Outcome> check) {
        boolean atEnd = true;
        for (int actor = 0; actor < place.stands.length; actor++) {
            Stand stand = place.stands[actor];
            if (stand.next == null || (place.dead >> actor + 1 & 1) != 0) {
                continue;
            }
            atEnd = false;
            finishAlone(place, actor, stand);
            int stopped = isStop(place, actor) ? place.stops + 1 : place.stops;
            if (stopped <= stops) {
                add(step(place, actor, stand, stand.next, stopped));
            }
            if (actor < mortals && Integer.bitCount(place.dead) < deaths) {
                add(new Place(place.memory, place.stands, place.dead | 1 << actor + 1, place.last, place.stops));
            }
        }
        if (atEnd) {
            check.accept(new Outcome(place.memory.copy(), notes(place), place.dead));
        }
    }

    private boolean isStop(Place place, int actor) {
        boolean goesOn = place.stands[place.last].next != null && (place.dead >> place.last + 1 & 1) == 0;
        return stops != Integer.MAX_VALUE && actor != place.last && goesOn;
    }

    /** Nobody waits for anybody: from everywhere each can finish its call while all others stand still. */
    private void finishAlone(Place place, int actor, Stand stand) {
        Alone alone = new Alone(place.memory.copy(), place.dead, stand.answers);
        programs.get(actor).get(stand.call).accept(new Crew(alone, alone, new ArrayList<>(), bound, actor + 1));
    }

    private Place step(Place place, int actor, Stand stand, Replay next, int stopped) {
        ModelWords memory = next.writes() ? place.memory.copy() : place.memory;
        long answer = next.perform(memory, place.dead);
        long[] answers = Arrays.copyOf(stand.answers, stand.answers.length + 1);
        answers[stand.answers.length] = answer;
        Stand[] stands = place.stands.clone();
        stands[actor] = settle(actor, stand.call, answers, stand.notes);
        return stops == Integer.MAX_VALUE
                ? new Place(memory, stands, place.dead, 0, 0)
                : new Place(memory, stands, place.dead, actor, stopped);
    }

    /** Runs on to the next step. What was answered in a call that has ended does not matter any more. */
    private Stand settle(int actor, int call, long[] answers, List<String> notes) {
        List<Consumer<Crew>> calls = programs.get(actor);
        int at = call;
        long[] known = answers;
        List<String> all = notes;
        while (at < calls.size()) {
            Replay replay = new Replay(start.cells(), known);
            try {
                calls.get(at).accept(new Crew(replay, replay, replay.notes, bound, actor + 1));
            } catch (Replay.Suspended suspended) {
                return new Stand(at, known, all, replay);
            }
            all = new ArrayList<>(all);
            all.addAll(replay.notes);
            known = new long[0];
            at++;
        }
        return new Stand(at, known, all, null);
    }

    private List<List<String>> notes(Place place) {
        List<List<String>> notes = new ArrayList<>();
        notes.add(earlier);
        for (Stand stand : place.stands) {
            List<String> all = new ArrayList<>(stand.notes);
            if (stand.next != null) {
                all.addAll(stand.next.notes);
            }
            notes.add(all);
        }
        return notes;
    }

    private void add(Place place) {
        if (seen.add(key(place))) {
            open.add(place);
        }
    }

    /** 128 bits of the place: that two of some millions are taken for one has a chance of less than 10^-24. */
    private static Key key(Place place) {
        Hash hash = new Hash(place.dead);
        hash.add(place.last);
        hash.add(place.stops);
        for (long word : place.memory.words) {
            hash.add(word);
        }
        for (Stand stand : place.stands) {
            hash.add(stand.call);
            hash.add(stand.answers.length);
            for (long answer : stand.answers) {
                hash.add(answer);
            }
            for (String note : stand.notes) {
                hash.add(note.hashCode());
            }
        }
        return new Key(hash.one, hash.two);
    }

    private static final class Hash {
        private long one;
        private long two;

        Hash(long seed) {
            one = mix(seed + 0x9E3779B97F4A7C15L);
            two = mix(seed ^ 0xC2B2AE3D27D4EB4FL);
        }

        void add(long word) {
            one = mix(one ^ word);
            two = mix(two + word * 0x165667B19E3779F9L);
        }

        private static long mix(long value) {
            long mixed = (value ^ value >>> 32) * 0xD6E8FEB86659FD93L;
            mixed = (mixed ^ mixed >>> 32) * 0xD6E8FEB86659FD93L;
            return mixed ^ mixed >>> 32;
        }
    }
}
