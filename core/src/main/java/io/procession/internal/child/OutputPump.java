package io.procession.internal.child;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Reads one output stream of a child to its end, on a thread of its own. */
final class OutputPump extends Thread {
    /** A dead child's output lies in the pipe: a read that finds nothing for so long waits for a heir of the pipe, not for the child. */
    private static final long QUIET_NANOS = TimeUnit.SECONDS.toNanos(1);

    /** What is done with the stream. */
    private interface Sink {
        void drain(InputStream stream) throws IOException;
    }

    private final Sink sink;
    private final Watched stream;
    private final CountDownLatch ended = new CountDownLatch(1);

    private OutputPump(String name, InputStream stream, Sink sink) {
        super(name);
        setDaemon(true);
        this.stream = new Watched(stream);
        this.sink = sink;
    }

    static OutputPump toLines(String name, InputStream stream, Consumer<String> consumer) {
        return started(new OutputPump(name, stream, open -> {
            BufferedReader reader = new BufferedReader(new InputStreamReader(open, StandardCharsets.UTF_8));
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                deliver(consumer, line);
            }
        }));
    }

    static OutputPump toStream(String name, InputStream stream, FirstWords words, Tail tail) {
        return started(new OutputPump(name, stream, open -> {
            byte[] buffer = new byte[4096];
            try {
                for (int count = open.read(buffer); count >= 0; count = open.read(buffer)) {
                    tail.add(buffer, count);
                    words.say(buffer, count);
                }
            } finally {
                words.end();
            }
        }));
    }

    private static OutputPump started(OutputPump pump) {
        pump.start();
        return pump;
    }

    private static void deliver(Consumer<String> consumer, String line) {
        try {
            consumer.accept(line);
        } catch (RuntimeException | Error e) {
            // The consumer's failure costs the line that it failed on; the child must not block on a full pipe.
            Thread current = currentThread();
            current.getUncaughtExceptionHandler().uncaughtException(current, e);
        }
    }

    @Override
    public void run() {
        try (InputStream open = stream) {
            sink.drain(open);
        } catch (IOException closed) {
            // The JDK closes the stream of a process that has ended, having kept what was still in it.
        } finally {
            ended.countDown();
        }
    }

    /**
     * Waits until everything that the dead child wrote has been handed on.
     *
     * @param deadline by {@link System#nanoTime()}
     * @return whether that was so in time
     */
    boolean awaitEnd(long deadline) throws InterruptedException {
        while (!ended.await(10, TimeUnit.MILLISECONDS)) {
            long readingSince = stream.readingSince;
            long now = System.nanoTime();
            if (readingSince != 0 && now - Math.max(readingSince, deadline - Child.DRAIN_NANOS) > QUIET_NANOS) {
                return true;
            }
            if (now > deadline) {
                return false;
            }
        }
        return true;
    }

    /** Knows since when a read waits. */
    private static final class Watched extends java.io.FilterInputStream {
        volatile long readingSince;

        Watched(InputStream stream) {
            super(stream);
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            readingSince = System.nanoTime() | 1;
            try {
                return super.read(target, offset, length);
            } finally {
                readingSince = 0;
            }
        }
    }
}
