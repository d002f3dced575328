package io.procession.benchmarks.subjects;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.nio.file.Path;
import java.util.concurrent.Callable;

/** A JVM that reads objects from its standard input and writes objects to its standard output, and what its parent has of it. */
final class HandWrittenWorker {
    /** A task that does nothing. */
    record Call(int number) implements Callable<Object>, Serializable {
        @Override
        public Object call() {
            return PoolTasks.nothing(number);
        }
    }

    /** Many of them: those who write by hand put them together by hand. */
    static final class Chunk implements Callable<Object>, Serializable {
        private static final long serialVersionUID = 1;
        private final int[] numbers;

        Chunk(int... numbers) {
            this.numbers = numbers;
        }

        @Override
        public Object call() {
            int[] results = new int[numbers.length];
            for (int i = 0; i < results.length; i++) {
                results[i] = PoolTasks.nothing(numbers[i]);
            }
            return results;
        }
    }

    /** Gives back what it came with. */
    static final class Same implements Callable<Object>, Serializable {
        private static final long serialVersionUID = 1;
        private final byte[] array;

        Same(byte... array) {
            this.array = array;
        }

        @Override
        public Object call() {
            return array;
        }
    }

    /** Never ends. */
    record Forever() implements Callable<Object>, Serializable {
        @Override
        public Object call() throws InterruptedException {
            Thread.sleep(Long.MAX_VALUE);
            return this;
        }
    }

    private final Process process;
    private final ObjectOutputStream out;
    private final ObjectInputStream in;

    HandWrittenWorker() throws IOException {
        process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Serving.class.getName())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        out = new ObjectOutputStream(new BufferedOutputStream(process.getOutputStream()));
        out.flush();
        in = new ObjectInputStream(new BufferedInputStream(process.getInputStream()));
    }

    long pid() {
        return process.pid();
    }

    void send(Object task) throws IOException {
        out.writeUnshared(task);
        out.reset();
    }

    void flush() throws IOException {
        out.flush();
    }

    Object receive() throws IOException {
        try {
            return in.readObject();
        } catch (ClassNotFoundException e) {
            throw new IOException(e);
        }
    }

    void one() throws IOException {
        send(new Call(1));
        flush();
        receive();
    }

    void kill() {
        process.destroyForcibly();
    }

    void awaitEnd() throws InterruptedException {
        process.waitFor();
    }

    /** The other side. */
    static final class Serving {
        private Serving() {}

        public static void main(String[] arguments) throws Exception {
            ObjectOutputStream out = new ObjectOutputStream(new BufferedOutputStream(System.out));
            out.flush();
            ObjectInputStream in = new ObjectInputStream(new BufferedInputStream(System.in));
            while (true) {
                Object task = in.readUnshared();
                out.writeUnshared(task instanceof Callable<?> call ? call.call() : PoolTasks.length((byte[]) task));
                out.reset();
                if (System.in.available() == 0) {
                    out.flush();
                }
            }
        }
    }
}
