package io.procession.process;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** What a child printed: all of it afterwards, or line by line as it comes. */
final class Lines implements Consumer<String> {
    private final List<String> all = new ArrayList<>();
    private final LinkedBlockingQueue<String> fresh = new LinkedBlockingQueue<>();

    @Override
    public synchronized void accept(String line) {
        all.add(line);
        fresh.add(line);
    }

    synchronized List<String> all() {
        return List.copyOf(all);
    }

    /** The next line, in time for a machine that is very slow. */
    String next() throws InterruptedException {
        String line = fresh.poll(60, TimeUnit.SECONDS);
        if (line == null) {
            throw new AssertionError("no more output; so far " + all());
        }
        return line;
    }

    String text() {
        return String.join("\n", all());
    }
}
