package io.procession.examples.demo;

import io.procession.examples.Numbers;
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
        return List.of(new Lesson("two processes print numbers", Numbers.class, List.of(), Lessons::checkNumbers));
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

    private static String expect(Object expected, Object actual) {
        return expected.equals(actual) ? "" : "expected " + expected + ", but got " + actual;
    }
}
