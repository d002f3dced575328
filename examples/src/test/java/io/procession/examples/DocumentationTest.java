package io.procession.examples;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.procession.examples.Snippets.Block;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DocumentationTest {
    private static final Path ROOT = Document.ROOT;

    /** {@code Pool.submit}, {@code Queue.Builder.capacity(9)}. */
    private static final Pattern MEMBER =
            Pattern.compile("(?<type>[A-Z]\\w+(\\.[A-Z]\\w+)?)\\.(?<name>(?!md$)[a-z]\\w*)(\\(.*\\))?");

    /** {@code WorkerDiedException}. */
    private static final Pattern TYPE = Pattern.compile("[A-Z][a-z0-9]+([A-Z][a-z0-9]+)+");

    /** Of Maven's plugins. */
    private static final Set<String> FOREIGN = Set.of("ServicesResourceTransformer");

    @ParameterizedTest
    @MethodSource("documents")
    void everyLongerCodeBlockIsARegionOfACompiledExample(Path document) throws IOException {
        for (Block block : Snippets.blocks(Files.readString(ROOT.resolve(document)))) {
            if (block.code().lines().count() > 3) {
                assertThat(block.source())
                        .as("the region named above%n%s", block.code())
                        .isNotEmpty();
            }
            if (!block.source().isEmpty()) {
                assertThat(block.code()).as(block.source()).isEqualTo(Snippets.region(ROOT, block.source()));
            }
        }
    }

    @Test
    void theReadmeHasCode() throws IOException {
        assertThat(Snippets.blocks(Files.readString(ROOT.resolve("README.md")))).isNotEmpty();
    }

    @ParameterizedTest
    @MethodSource("io.procession.examples.Document#all")
    void everyLinkLeadsSomewhere(Document document) {
        for (String link : document.links()) {
            if (link.matches("[a-z]+:.*")) {
                continue; // not ours to promise
            }
            String file = link.replaceFirst("#.*", "");
            Path target = file.isEmpty()
                    ? document.path()
                    : Path.of("/")
                            .relativize(Path.of("/")
                                    .resolve(document.path())
                                    .resolveSibling(file)
                                    .normalize());
            assertThat(ROOT.resolve(target)).as(link).exists();
            if (link.contains("#")) {
                assertThat(Document.read(target).anchors()).as(link).contains(link.replaceFirst(".*#", ""));
            }
        }
    }

    /** Files and folders, system properties of ours, and what a command of ours is told. */
    @ParameterizedTest
    @MethodSource("io.procession.examples.Document#guide")
    void whatIsNamedExists(Document document) throws IOException {
        for (String code : document.code()) {
            if (code.matches(
                    "(docs|core|examples?|example-transport|benchmarks|testing|bom|transport-[a-z]+)/(?!\\.\\.\\.)[\\w./-]+")) {
                assertThat(ROOT.resolve(code)).exists();
            }
            if (code.matches("(-D)?procession\\.[a-zA-Z.-]+(=.*)?")
                    && !code.endsWith(".task")
                    && !code.endsWith(".worker")) {
                String property = code.replaceFirst("^-D", "").replaceFirst("=.*", "");
                String read =
                        "\"" + property + "\"|Settings\\.\\w+\\(\"" + property.replaceFirst("procession.", "") + "\"";
                assertThat(Pattern.compile(read).matcher(properties()).find())
                        .as("something reads %s", property)
                        .isTrue();
            }
        }
    }

    @ParameterizedTest
    @MethodSource("io.procession.examples.Document#guide")
    void everyPublicNameExists(Document document) {
        Document ours = document.path().endsWith("from-python.md") ? document.withoutFirstColumns() : document;
        for (String code : ours.code()) {
            Matcher member = MEMBER.matcher(code);
            if (member.matches()) {
                assertThat(PublicNames.type(member.group("type")))
                        .as("the type of %s", code)
                        .hasValueSatisfying(type -> assertThat(PublicNames.hasMember(type, member.group("name")))
                                .as("%s, in %s", code, type)
                                .isTrue());
            } else if (TYPE.matcher(code).matches() && !FOREIGN.contains(code)) {
                assertThat(PublicNames.type(code)).as(code).isPresent();
            }
        }
    }

    @Test
    void everyNameOfPythonIsMapped() throws Exception {
        String mapped = String.join(
                " ", Document.read(Path.of("docs/guide/from-python.md")).firstColumns());
        try (InputStream names = DocumentationTest.class.getResourceAsStream("python-names.txt")) {
            new String(names.readAllBytes(), UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .flatMap(line -> Stream.of(
                            line.substring(line.indexOf(':') + 1).strip().split(" ")))
                    .forEach(name -> assertThat(mapped).containsPattern("(?<![A-Za-z_])" + name + "(?![A-Za-z_])"));
        }
    }

    private static String properties() throws IOException {
        StringBuilder text = new StringBuilder();
        for (String module : List.of("core", "transport-pipe", "transport-shm", "transport-socket")) {
            try (Stream<Path> sources = Files.walk(ROOT.resolve(module).resolve("src/main/java"))) {
                for (Path source : sources.filter(file -> file.toString().endsWith(".java"))
                        .toList()) {
                    text.append(Files.readString(source));
                }
            }
        }
        return text.toString();
    }

    /** README and docs; an ADR may show code that was rejected. */
    static Stream<Path> documents() throws IOException {
        try (Stream<Path> docs = Files.walk(ROOT.resolve("docs"))) {
            List<Path> guides = docs.map(ROOT::relativize)
                    .filter(file -> file.toString().endsWith(".md") && !file.startsWith("docs/adr"))
                    .sorted()
                    .toList();
            return Stream.concat(Stream.of(Path.of("README.md")), guides.stream());
        }
    }
}
