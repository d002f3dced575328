package io.procession.examples.lessons;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.procession.pool.Pool;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.Channels;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Scanner;
import java.util.TreeMap;
import java.util.stream.LongStream;

/**
 * Counts the status codes in an access log of any size. Workers get ranges of bytes, not lines: what travels is two numbers there and a small map back,
 * and each worker reads its part of the file itself.
 */
public final class LogAnalysis {
    private LogAnalysis() {}

    /** A part of the file; the lines that begin in it belong to it. */
    record Range(String file, long from, long to) {}

    /** Argument: the log, in the common log format. */
    public static void main(String[] arguments) throws Exception {
        System.out.println(count(Path.of(arguments[0]), 8 << 20));
    }

    static Map<String, Integer> count(Path log, long rangeBytes) throws InterruptedException {
        long size = log.toFile().length();
        List<Range> ranges = LongStream.iterate(0, from -> from < size, from -> from + rangeBytes)
                .mapToObj(from -> new Range(log.toString(), from, Math.min(size, from + rangeBytes)))
                .toList();
        Map<String, Integer> total = new TreeMap<>();
        try (Pool pool = Pool.of(2)) {
            for (Map<String, Integer> part : pool.map(LogAnalysis::countIn, ranges)) {
                part.forEach((code, count) -> total.merge(code, count, Integer::sum));
            }
        }
        return total;
    }

    private static Map<String, Integer> countIn(Range range) throws IOException {
        Map<String, Integer> counts = new TreeMap<>();
        try (RandomAccessFile file = new RandomAccessFile(range.file(), "r")) {
            long at = Math.max(0, range.from() - 1);
            file.seek(at);
            Scanner lines = new Scanner(Channels.newReader(file.getChannel(), ISO_8859_1)).useDelimiter("(?<=\n)");
            at += at == range.from() ? 0 : lines.next().length(); // the line before belongs to another range
            while (at < range.to()) {
                String line = lines.next();
                at += line.length(); // with its end; one byte for each character, in this encoding
                counts.merge(line.replaceFirst(".*\" (\\d{3}) .*", "$1").strip(), 1, Integer::sum);
            }
        }
        return counts;
    }
}
