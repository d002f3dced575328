package io.procession.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.procession.examples.Snippets.Block;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DocumentationTest {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

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
