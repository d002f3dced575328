package io.procession.examples;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The Java code blocks of a Markdown file, and the regions of compiled code that they must equal. */
final class Snippets {
    private static final Pattern BLOCK = Pattern.compile(
            "(?:<!-- region: (?<file>\\S+)#(?<name>\\S+) -->\\n)?```java\\n(?<code>.*?)```", Pattern.DOTALL);

    private Snippets() {}

    /**
     * A code block.
     *
     * @param source the file and region that it says it shows; empty if it says nothing
     * @param code its lines
     */
    record Block(String source, String code) {}

    static List<Block> blocks(String markdown) {
        List<Block> blocks = new ArrayList<>();
        Matcher matcher = BLOCK.matcher(markdown);
        while (matcher.find()) {
            String file = matcher.group("file");
            blocks.add(new Block(file == null ? "" : file + "#" + matcher.group("name"), matcher.group("code")));
        }
        return blocks;
    }

    /** The lines between {@code // region NAME} and the next {@code // endregion}, without their common indentation. */
    static String region(Path root, String source) throws IOException {
        String file = source.substring(0, source.indexOf('#'));
        String name = source.substring(source.indexOf('#') + 1);
        List<String> lines = Files.readAllLines(root.resolve(file));
        int begin = lines.stream().map(String::strip).toList().indexOf("// region " + name);
        if (begin < 0) {
            throw new IllegalArgumentException(file + " has no line '// region " + name + "'");
        }
        List<String> body = lines.subList(begin + 1, lines.size());
        int end = body.stream().map(String::strip).toList().indexOf("// endregion");
        return String.join("\n", body.subList(0, end)).stripIndent() + "\n";
    }
}
