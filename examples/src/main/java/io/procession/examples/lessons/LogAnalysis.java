package io.procession.examples.lessons;

import io.procession.pool.Pool;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Scanner;
import java.util.TreeMap;

/**
 * Counts the status codes in an access log of any size. Workers get ranges of bytes, not lines: what travels is two numbers there and a small map back,
 * and each worker reads its part of the file itself.
 */
public final class LogAnalysis {
    private static final long RANGE_BYTES = 8 << 20;

    private LogAnalysis() {}

    /** A part of the file; the lines that begin in it belong to it. */
    record Range(String file, long from, long to) {}

    /** Argument: the log, in the common log format. */
    public static void main(String[] arguments) throws Exception {
        System.out.println(count(Path.of(arguments[0]), RANGE_BYTES));
    }

    static Map<String, Integer> count(Path log, long rangeBytes) throws IOException, InterruptedException {
        List<Range> ranges = new ArrayList<>();
        long size = log.toFile().length();
        for (long from = 0; from < size; from += rangeBytes) {
            ranges.add(new Range(log.toString(), from, Math.min(size, from + rangeBytes)));
        }
        Map<String, Integer> total = new TreeMap<>();
        // region map
        try (Pool pool = Pool.of(2)) {
            for (Map<String, Integer> part : pool.map(LogAnalysis::countIn, ranges)) {
                part.forEach((code, count) -> total.merge(code, count, Integer::sum));
            }
        }
        // endregion
        return total;
    }

    private static Map<String, Integer> countIn(Range range) throws IOException {
        Map<String, Integer> counts = new TreeMap<>();
        try (RandomAccessFile file = new RandomAccessFile(range.file(), "r")) {
            FileChannel channel = file.getChannel().position(startOfLine(file, range.from()));
            long position = channel.position();
            Scanner lines = new Scanner(Channels.newReader(channel, StandardCharsets.ISO_8859_1)).useDelimiter("\n");
            while (position < range.to() && lines.hasNext()) {
                String line = lines.next();
                position += line.length() + 1; // one byte for each character, in this encoding
                counts.merge(line.replaceFirst(".*\" (\\d{3}) .*", "$1").strip(), 1, Integer::sum);
            }
        }
        return counts;
    }

    /** The first line that begins at or after a position. */
    private static long startOfLine(RandomAccessFile file, long position) throws IOException {
        ByteBuffer one = ByteBuffer.allocate(1);
        long at = Math.max(0, position - 1);
        while (position > 0 && file.getChannel().read(one.clear(), at++) == 1 && one.get(0) != '\n') {}
        return at;
    }
}
