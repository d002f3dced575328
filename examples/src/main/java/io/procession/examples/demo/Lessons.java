package io.procession.examples.demo;

import io.procession.examples.Checksums;
import io.procession.examples.Numbers;
import io.procession.examples.Squares;
import io.procession.examples.Words;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The lessons of the demo and what each must print. */
final class Lessons {
    private Lessons() {}

    /** All lessons; the last reads the files below {@code tree}. */
    static List<Lesson> all(Path tree) {
        return List.of(
                new Lesson("two processes print numbers", Numbers.class, List.of(), Lessons::checkNumbers),
                new Lesson("a pool squares numbers", Squares.class, List.of(), Lessons::checkSquares),
                new Lesson("processes put words in a queue", Words.class, List.of(), Lessons::checkWords),
                new Lesson(
                        "a pool checksums a tree of files",
                        Checksums.class,
                        List.of(tree.toString(), "2"),
                        lines -> checkChecksums(lines, tree)));
    }

    private static String checkNumbers(List<String> lines) {
        Collection<List<String>> byProcess = lines.stream()
                .collect(Collectors.groupingBy(
                        line -> line.replaceFirst(" prints .*", ""),
                        Collectors.mapping(line -> line.replaceFirst(".* prints ", ""), Collectors.toList())))
                .values();
        List<String> oneToFive =
                IntStream.rangeClosed(1, 5).mapToObj(String::valueOf).toList();
        return expect(List.of(oneToFive, oneToFive), List.copyOf(byProcess));
    }

    private static String checkSquares(List<String> lines) {
        return expect(
                List.of("[1, 4, 9, 16, 25]"),
                lines.stream().filter(line -> line.startsWith("[")).toList());
    }

    private static String checkWords(List<String> lines) {
        return expect(
                List.of("POOLS", "PROCESSES", "QUEUES"),
                lines.stream()
                        .map(line -> line.substring(line.lastIndexOf(' ') + 1))
                        .sorted()
                        .toList());
    }

    private static String checkChecksums(List<String> lines, Path tree) throws IOException, InterruptedException {
        List<String> ours =
                lines.stream().filter(line -> !line.startsWith("#")).sorted().toList();
        List<String> systems = SystemTool.checksums(tree);
        for (int i = 0; i < Math.min(ours.size(), systems.size()); i++) {
            if (!ours.get(i).equals(systems.get(i))) {
                return expect(systems.get(i), ours.get(i));
            }
        }
        return expect(systems.size() + " files", ours.size() + " files");
    }

    private static String expect(Object expected, Object actual) {
        return expected.equals(actual) ? "" : "expected " + expected + ", but got " + actual;
    }
}
