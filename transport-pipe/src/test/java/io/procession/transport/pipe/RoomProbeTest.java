package io.procession.transport.pipe;

import static org.assertj.core.api.Assertions.assertThat;

import io.procession.testing.Guarded;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@Guarded(seconds = 120)
@EnabledOnOs(OS.LINUX)
class RoomProbeTest {
    @TempDir
    Path directory;

    private Path path;

    @BeforeEach
    void makeFifo() throws IOException {
        path = directory.resolve("fifo");
        Mkfifo.find().orElseThrow().make(directory, List.of("fifo"));
    }

    @Test
    void aFreshFifoProvesItsRoomAndIsLeftEmpty() throws IOException {
        try (FifoWriter fifo = FifoWriter.open(path)) {
            assertThat(new RoomProbe().windowBytes(fifo)).isEqualTo(RoomProbe.LARGE_WINDOW_BYTES);
            assertThat(fifo.unreadBytes()).isZero();
        }
    }

    @Test
    void aFifoWithoutTheRoomIsRescuedAndGetsTheSmallWindow() throws Exception {
        try (FifoWriter fifo = FifoWriter.open(path)) {
            // All but two pages are taken.
            fifo.writeBlocking(ByteBuffer.allocateDirect(14 * 4096));
            RoomProbe probe = new RoomProbe();
            CompletableFuture<Integer> window = new CompletableFuture<>();
            new Thread(() -> {
                        try {
                            window.complete(probe.windowBytes(fifo));
                        } catch (IOException e) {
                            window.completeExceptionally(e);
                        }
                    })
                    .start();
            Awaitility.await().until(() -> fifo.unreadBytes() == 16 * 4096);
            Awaitility.await().until(() -> {
                probe.rescue();
                return window.isDone();
            });
            assertThat(window.get(60, TimeUnit.SECONDS)).isEqualTo(RoomProbe.SMALL_WINDOW_BYTES);
            assertThat(fifo.unreadBytes()).isZero();
            assertThat(probe.windowBytes(fifo)).isEqualTo(RoomProbe.SMALL_WINDOW_BYTES);
        }
    }

    @Test
    void noMixOfWritesAndReadsWithinTheWindowBlocks() throws Exception {
        long seed = System.nanoTime();
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        byte[] bytes = new byte[RoomProbe.LARGE_WINDOW_BYTES];
        ByteBuffer sink = ByteBuffer.allocateDirect(bytes.length);
        // A write that blocked would stay so for ever, and the watchdog of this class would tell.
        try (FifoWriter fifo = FifoWriter.open(path);
                FileChannel reader = Fifo.openReader(path).getChannel()) {
            for (int i = 0; i < 300_000; i++) {
                int unread = fifo.unreadBytes();
                int most = switch (i / 1000 % 3) {
                    case 0 -> 2100;
                    case 1 -> 5000;
                    default -> bytes.length;
                };
                int length = 1 + random.nextInt(most);
                if (unread + length <= bytes.length) {
                    fifo.write(bytes, 0, length);
                } else {
                    // Most often it leaves one byte in the first page, the worst it can do.
                    sink.clear().limit(random.nextBoolean() ? Math.min(4095, unread) : 1 + random.nextInt(unread));
                    reader.read(sink);
                }
            }
        }
    }
}
