package io.procession.benchmarks.subjects;

import io.procession.process.Process;
import io.procession.queue.Queue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Items through one queue, from all who put to all who take, again and again; a sample is the time of a round by item. Arguments: where it lies ({@link Place}), shape, what, rounds before these that
 * count, rounds, items a round.
 *
 * <p>Shapes: {@code in}, a child puts and the owner takes; {@code in-bounded}, as in with a bound of 1000 items; {@code out}, the owner puts and a child takes; {@code in-all}, as in with {@code putAll} and {@code drain}; {@code 2x2}, two children
 * put and two take, and so on from {@code 1x1} to {@code 9x9}. What: a number of bytes, or {@code object}.
 */
public final class QueueFlow {
    private static final int TOGETHER = 100;
    private static final int BOUND = 1000;
    private static final String END = "end";
    /** Instead of the number of a round. */
    private static final int HOME = -1;

    /** A small object. */
    record Reading(long id, String sensor, double value, boolean valid) {}

    private QueueFlow() {}

    /** Runs. */
    public static void main(String[] arguments) throws Exception {
        String shape = arguments[1];
        String what = arguments[2];
        int warmUps = Integer.parseInt(arguments[3]);
        int samples = Integer.parseInt(arguments[4]);
        int items = Integer.parseInt(arguments[5]);
        boolean together = shape.equals("in-all");
        Place place = Place.of(arguments[0]);
        Queue.Builder<Object> builder = place.builder();
        if (shape.equals("in-bounded")) {
            builder.capacity(BOUND);
        }
        try (Queue<Object> queue = builder.create();
                Queue<Integer> done = place.queue()) {
            List<Process> children = new ArrayList<>();
            List<Queue<Integer>> starts =
                    new ArrayList<>(); // one for each child: a fast one must not take the ticket of a slow one
            boolean crowd = shape.matches("[1-9]x[1-9]");
            boolean putHere = shape.equals("out");
            boolean takeHere = shape.startsWith("in");
            int producers = crowd ? shape.charAt(0) - '0' : putHere ? 0 : 1;
            int consumers = crowd ? shape.charAt(2) - '0' : takeHere ? 0 : 1;
            int ends = crowd ? consumers : 0;
            for (int i = 0; i < producers; i++) {
                Queue<Integer> go = place.queue();
                starts.add(go);
                children.add(Process.start(() -> produce(queue, go, done, what, items / producers, together, ends)));
            }
            for (int i = 0; i < consumers; i++) {
                Queue<Integer> go = place.queue();
                starts.add(go);
                children.add(Process.start(() -> consume(queue, go, done, Math.max(1, producers))));
            }
            AtomicInteger rounds = new AtomicInteger();
            Repeated.Operation round = () -> {
                int number = rounds.getAndIncrement();
                for (Queue<Integer> go : starts) {
                    go.put(number);
                }
                if (putHere) {
                    put(queue, what, items, together);
                    queue.put(END);
                } else if (takeHere) {
                    take(queue, items, together);
                }
                for (int i = 0; i < children.size(); i++) {
                    awaitOne(done, children);
                }
            };
            Repeated.measureEach(items, warmUps, samples, round);
            for (Queue<Integer> go : starts) {
                go.put(HOME);
            }
            for (Process child : children) {
                child.join();
            }
            starts.forEach(Queue::close);
        }
    }

    /** Waits until another child has done its part of the round. */
    private static void awaitOne(Queue<Integer> done, List<Process> children) throws InterruptedException {
        while (done.poll(Duration.ofSeconds(1)) == null) {
            for (Process child : children) {
                if (!child.isAlive()) {
                    throw new IllegalStateException(child + " has ended in the middle of a round");
                }
            }
        }
    }

    private static void produce(
            Queue<Object> queue,
            Queue<Integer> go,
            Queue<Integer> done,
            String what,
            int items,
            boolean together,
            int ends)
            throws InterruptedException {
        for (int round = 0; isToAct(go, round); round++) {
            put(queue, what, items, together);
            for (int i = 0; i < ends; i++) {
                queue.put(END); // after its own items, so that with the last end everything has come
            }
            done.put(round);
        }
    }

    /** Takes as many ends as there are producers, whosever they are. */
    private static void consume(Queue<Object> queue, Queue<Integer> go, Queue<Integer> done, int ends)
            throws InterruptedException {
        for (int round = 0; isToAct(go, round); round++) {
            for (int left = ends; left > 0; ) {
                if (queue.take() instanceof String) {
                    left--;
                }
            }
            done.put(round);
        }
    }

    /** Each child acts once a round: the next ticket comes only when all have said that they are done. */
    private static boolean isToAct(Queue<Integer> go, int round) throws InterruptedException {
        int ticket = go.take();
        if (ticket != round && ticket != HOME) {
            throw new IllegalStateException("round " + ticket + " instead of " + round);
        }
        return ticket == round;
    }

    private static void put(Queue<Object> queue, String what, int items, boolean together) throws InterruptedException {
        byte[] bytes = what.equals("object") ? new byte[0] : new byte[Integer.parseInt(what)];
        List<Object> group = new ArrayList<>();
        for (int i = 0; i < items; i++) {
            Object item = what.equals("object") ? new Reading(i, "sensor-7", i * 0.5, true) : bytes;
            if (together) {
                group.add(item);
                if (group.size() == TOGETHER || i == items - 1) {
                    queue.putAll(group);
                    group.clear();
                }
            } else {
                queue.put(item);
            }
        }
    }

    private static void take(Queue<Object> queue, int items, boolean together) throws InterruptedException {
        for (int left = items; left > 0; left--) {
            queue.take();
            if (together) {
                left -= queue.drain(Math.max(1, Math.min(TOGETHER, left - 1))).size();
            }
        }
    }
}
