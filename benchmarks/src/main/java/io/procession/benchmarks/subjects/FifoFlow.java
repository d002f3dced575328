package io.procession.benchmarks.subjects;

import io.procession.benchmarks.harness.Samples;
import io.procession.benchmarks.harness.Usage;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Blocks of bytes through a FIFO from one JVM to another, with plain streams, each written by itself and read into an array of its own: the limit for a queue over this channel. A sample is the time of a round by block.
 * Arguments: bytes of a block, rounds before these that count, rounds, blocks a round.
 */
public final class FifoFlow {
    private FifoFlow() {}

    /** Runs. */
    public static void main(String[] arguments) throws Exception {
        int bytes = Integer.parseInt(arguments[0]);
        int warmUps = Integer.parseInt(arguments[1]);
        int rounds = Integer.parseInt(arguments[2]);
        int blocks = Integer.parseInt(arguments[3]);
        Path directory = Files.createTempDirectory("fifo");
        Path fifo = directory.resolve("flow");
        new ProcessBuilder("mkfifo", fifo.toString()).inheritIO().start().waitFor();
        Process writer = Jvm.start(
                List.of(),
                Writer.class,
                fifo.toString(),
                Integer.toString(bytes),
                Long.toString((long) (warmUps + rounds) * blocks));
        long[] nanos = new long[rounds];
        Usage before = Usage.UNKNOWN;
        try (InputStream input = new FileInputStream(fifo.toFile())) {
            for (int round = 0; round < warmUps + rounds; round++) {
                if (round == warmUps) {
                    before = Usage.now();
                }
                long begin = System.nanoTime();
                for (int i = 0; i < blocks; i++) {
                    if (input.readNBytes(new byte[bytes], 0, bytes) < bytes) {
                        throw new IOException("the writer ended");
                    }
                }
                if (round >= warmUps) {
                    nanos[round - warmUps] = (System.nanoTime() - begin) / blocks;
                }
            }
        } finally {
            Files.delete(fifo);
            Files.delete(directory);
        }
        Samples.print(System.out, nanos, Usage.now().since(before).ofEach(blocks)); // a sample stands for a round
        writer.waitFor();
    }

    /** The other side. */
    static final class Writer {
        private Writer() {}

        public static void main(String[] arguments) throws IOException {
            byte[] block = new byte[Integer.parseInt(arguments[1])];
            try (OutputStream output = new FileOutputStream(arguments[0])) {
                for (long left = Long.parseLong(arguments[2]); left > 0; left--) {
                    output.write(block);
                }
            }
        }
    }
}
