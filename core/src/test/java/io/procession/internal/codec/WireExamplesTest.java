package io.procession.internal.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.procession.transport.TransportAddress;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The examples in docs/wire-protocol.md are what the codec writes and reads. */
final class WireExamplesTest {
    private record Carried(Handle handle) implements Portable {}

    private static Map<String, Object> values() {
        List<Object> self = new ArrayList<>();
        self.add(self);
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("`null`", null);
        values.put("`true`", true);
        values.put("`-16`", -16);
        values.put("`111`", 111);
        values.put("`300`", 300);
        values.put("`-300L`", -300L);
        values.put("`1.5`", 1.5);
        values.put("`\"abc\"`", "abc");
        values.put("`\"ü\"`", "ü");
        values.put("`\"漢\"`", "漢");
        values.put("`\"\\uD834\"`", "\uD834");
        values.put("`new byte[] {1, 2, 3}`", new byte[] {1, 2, 3});
        values.put("`new int[] {1, -1}`", new int[] {1, -1});
        values.put("`new ArrayList<>(List.of(1, 2, 3))`", new ArrayList<>(List.of(1, 2, 3)));
        values.put("`List.of(1000, 1001, 1002, 1255)`", List.of(1000, 1001, 1002, 1255));
        values.put("`List.of(\"a\", \"b\", \"c\", \"d\")`", List.of("a", "b", "c", "d"));
        values.put("`Map.of(\"k\", 1)`", Map.of("k", 1));
        values.put("a list that contains itself", self);
        values.put("`Optional.of(5)`", Optional.of(5));
        values.put("`Instant.ofEpochSecond(1, 1)`", Instant.ofEpochSecond(1, 1));
        values.put(
                "`UUID` 00112233-4455-6677-8899-aabbccddeeff", UUID.fromString("00112233-4455-6677-8899-aabbccddeeff"));
        values.put("`TimeUnit.HOURS`", TimeUnit.HOURS);
        values.put(
                "a handle: `io.procession.x.R`, `pipe:p1`, 2, 3",
                new Carried(new Handle("io.procession.x.R", new TransportAddress("pipe", "p1"), 2, 3)));
        return values;
    }

    private static Map<String, byte[]> documented() throws IOException {
        String document = Files.readString(Path.of("..", "docs", "wire-protocol.md"));
        Map<String, byte[]> bytes = new LinkedHashMap<>();
        document.substring(document.indexOf("### Examples"))
                .lines()
                .filter(line -> line.startsWith("| ") && !line.startsWith("| value") && !line.startsWith("| ---"))
                .map(line -> line.split(" \\| "))
                .forEach(cells -> bytes.put(
                        cells[0].substring(2),
                        HexFormat.ofDelimiter(" ")
                                .parseHex(cells[1].replace(" |", "").trim())));
        return bytes;
    }

    @Test
    void areWhatIsWritten() throws IOException {
        Map<String, byte[]> documented = documented();

        assertThat(documented.keySet()).isEqualTo(values().keySet());
        values().forEach((name, value) ->
                assertThat(RoundTrip.bytes(value)).as(name).isEqualTo(documented.get(name)));
    }

    @Test
    void areReadBack() throws IOException {
        Map<String, Object> values = values();
        documented().forEach((name, bytes) -> {
            if (!name.startsWith("a ")) {
                assertThat(RoundTrip.CODEC.decode(ByteBuffer.wrap(bytes), new ShapeTable()))
                        .as(name)
                        .isEqualTo(values.get(name));
            }
        });
    }
}
