package io.procession.examples;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A page of the documentation.
 *
 * @param path relative to the root of the project
 * @param text its Markdown
 */
record Document(Path path, String text) {
    static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

    private static final Pattern FENCED = Pattern.compile("```.*?```", Pattern.DOTALL);
    private static final Pattern CODE = Pattern.compile("`([^`\\n]+)`");
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");
    private static final Pattern HEADING = Pattern.compile("^#+ (.*)$", Pattern.MULTILINE);

    static Document read(Path path) {
        try {
            return new Document(path, Files.readString(ROOT.resolve(path)));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + path, e);
        }
    }

    /** README, change log, contributing, and all of docs. */
    static List<Document> all() throws IOException {
        try (Stream<Path> docs = Files.walk(ROOT.resolve("docs"))) {
            return Stream.concat(
                            Stream.of("README.md", "CHANGELOG.md", "CONTRIBUTING.md")
                                    .map(Path::of),
                            docs.map(ROOT::relativize)
                                    .filter(file -> file.toString().endsWith(".md"))
                                    .sorted())
                    .map(Document::read)
                    .toList();
        }
    }

    /** Those from which people learn the API. */
    static List<Document> guide() throws IOException {
        return all().stream()
                .filter(document ->
                        document.path.startsWith("docs/guide") || document.path.equals(Path.of("README.md")))
                .toList();
    }

    /** What stands between backticks, outside of code blocks. */
    List<String> code() {
        return CODE.matcher(prose()).results().map(match -> match.group(1)).toList();
    }

    List<String> links() {
        return LINK.matcher(CODE.matcher(prose()).replaceAll("code"))
                .results()
                .map(match -> match.group(1))
                .toList();
    }

    /** As GitHub makes them of headings. */
    List<String> anchors() {
        return HEADING.matcher(prose())
                .results()
                .map(match -> match.group(1).toLowerCase(Locale.ROOT))
                .map(heading -> heading.replaceAll("[^\\p{L}\\p{N} _-]", "").replace(' ', '-'))
                .toList();
    }

    /** Cells of the first column of tables, for pages that map other names to ours. */
    List<String> firstColumns() {
        return prose().lines()
                .filter(line -> line.startsWith("|"))
                .map(line -> line.substring(1, Math.max(1, line.indexOf('|', 1))))
                .toList();
    }

    Document withoutFirstColumns() {
        return new Document(
                path, prose().lines().map(Document::behindFirstCell).reduce("", (all, line) -> all + line + "\n"));
    }

    private static String behindFirstCell(String line) {
        return line.startsWith("|") ? line.substring(Math.max(0, line.indexOf('|', 1))) : line;
    }

    private String prose() {
        return FENCED.matcher(text).replaceAll("");
    }

    @Override
    public String toString() {
        return path.toString();
    }
}
