package io.procession.examples.lessons;

import io.procession.process.Process;
import io.procession.queue.Queue;
import java.util.List;
import java.util.Locale;

/**
 * A pipeline: each stage is a process of its own, and bounded queues join them, so a slow stage holds the ones before it back instead of filling
 * memory. An empty text says that nothing more will come.
 */
public final class Pipeline {
    private static final String END = "";
    private static final List<String> TEXT = List.of("the quick brown fox", "jumps over", "the lazy dog");

    private Pipeline() {}

    /** Splits lines into words, turns them into capitals, and prints them in order. */
    public static void main(String[] arguments) throws Exception {
        // region pipeline
        try (Queue<String> lines = Queue.bounded(10);
                Queue<String> words = Queue.bounded(10);
                Queue<String> capitals = Queue.bounded(10)) {
            Process split = Process.start(() -> split(lines, words));
            Process capitalise = Process.start(() -> capitalise(words, capitals));
            Process feed = Process.start(() -> feed(lines));
            for (String word = capitals.take(); !word.isEmpty(); word = capitals.take()) {
                System.out.println(word);
            }
            for (Process stage : List.of(feed, split, capitalise)) {
                stage.join();
            }
        }
        // endregion
    }

    private static void feed(Queue<String> lines) throws InterruptedException {
        for (String line : TEXT) {
            lines.put(line);
        }
        lines.put(END);
    }

    @SuppressWarnings("StringSplitter") // a line of words
    private static void split(Queue<String> lines, Queue<String> words) throws InterruptedException {
        for (String line = lines.take(); !line.isEmpty(); line = lines.take()) {
            for (String word : line.split(" ")) {
                words.put(word);
            }
        }
        words.put(END);
    }

    private static void capitalise(Queue<String> words, Queue<String> capitals) throws InterruptedException {
        for (String word = words.take(); !word.isEmpty(); word = words.take()) {
            capitals.put(word.toUpperCase(Locale.ROOT));
        }
        capitals.put(END);
    }
}
