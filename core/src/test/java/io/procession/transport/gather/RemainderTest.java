package io.procession.transport.gather;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a host takes from the file that a client has left, and what it does not believe. */
class RemainderTest {
    @TempDir
    private Path directory;

    private final ByteBuffer file = ByteBuffer.allocate(SendMemory.FILE_BYTES).order(ByteOrder.nativeOrder());

    private void half(int index, long start, long count, String bytes) {
        file.putLong(16 * index, start).putLong(16 * index + 8, count);
        file.put(SendMemory.contentAt(index), bytes.getBytes(StandardCharsets.US_ASCII));
    }

    private String after(long received) throws IOException {
        Path path = Files.write(directory.resolve("left"), file.array());
        return StandardCharsets.US_ASCII
                .decode(Remainder.adopt(path).after(received))
                .toString();
    }

    @Test
    void bothHalvesFollowWhatHasArrivedWhicheverComesFirst() throws IOException {
        half(0, 104, 4, "efgh");
        half(1, 100, 4, "abcd");
        assertThat(after(100)).isEqualTo("abcdefgh");
        assertThat(after(102)).isEqualTo("cdefgh");
        assertThat(after(104)).isEqualTo("efgh");
        assertThat(after(107)).isEqualTo("h");
        assertThat(after(108)).isEmpty();
        assertThat(after(200)).isEmpty();
    }

    @Test
    void whatLiesBehindAGapIsNotTaken() throws IOException {
        half(0, 104, 4, "efgh");
        assertThat(after(103)).isEmpty();
        half(1, 100, 3, "abc");
        assertThat(after(100)).isEqualTo("abc");
    }

    @Test
    void whatDoesNotCountIsNotTaken() throws IOException {
        half(0, 0, 2, "abcd");
        assertThat(after(0)).isEqualTo("ab");
        half(0, 0, 0, "abcd");
        assertThat(after(0)).isEmpty();
    }

    @Test
    void nonsenseIsNotBelieved() throws IOException {
        half(0, 0, -1, "abcd");
        assertThat(after(0)).isEmpty();
        half(0, 0, SendMemory.HALF_BYTES + 1L, "abcd");
        assertThat(after(0)).isEmpty();
        half(0, Long.MIN_VALUE, Long.MAX_VALUE, "abcd");
        assertThat(after(0)).isEmpty();
        half(0, Long.MIN_VALUE, 4, "abcd");
        assertThat(after(Long.MAX_VALUE)).isEmpty();
    }

    @Test
    void aFileOfAnotherSizeIsRefusedAndNoneIsNothing() throws IOException {
        Path shorter = Files.write(directory.resolve("shorter"), new byte[100]);
        assertThatThrownBy(() -> Remainder.adopt(shorter))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("100 bytes");
        assertThat(Remainder.adopt(directory.resolve("none")).after(0).hasRemaining())
                .isFalse();
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void whatIsKeptIsReadThoughTheFileIsGone() throws IOException {
        Path path = directory.resolve("kept");
        SendMemory.Half half = SendMemory.create(path).half(1);
        Remainder remainder = Remainder.adopt(path);
        assertThat(directory).isEmptyDirectory();
        half.bytes().put(new byte[] {1, 2, 3, 4});
        half.begin(50);
        half.count(3);
        assertThat(remainder.after(51)).isEqualTo(ByteBuffer.wrap(new byte[] {2, 3}));
    }

    @Test
    void whatWasWrittenDoesNotCountAgain() throws IOException {
        Path path = directory.resolve("kept");
        SendMemory.Half half = SendMemory.create(path).half(0);
        half.begin(0);
        half.count(4);
        half.count(0);
        assertThat(Remainder.adopt(path).after(0).hasRemaining()).isFalse();
    }

    @Test
    void whereNoFileCanBeMadeThereIsNoMemory() {
        assertThat(SendMemory.createIfPossible(directory.resolve("no").resolve("such")))
                .isNull();
    }
}
