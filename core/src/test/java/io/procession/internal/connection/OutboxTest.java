package io.procession.internal.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.procession.transport.Link;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class OutboxTest {
    private static final int MAX_FRAME_BYTES = 1 << 20;

    private final StalledLink link = new StalledLink();
    private final Outbox outbox = new Outbox(link, MAX_FRAME_BYTES);

    private Sent send(long id, int bytes) {
        return outbox.add(Kind.TASK, id, List.of(ByteBuffer.allocate(bytes)), List.of());
    }

    @Test
    void aMessageThatIsWithTheLinkWhenThatEndsFails() {
        link.duringSend = () -> outbox.end(new IOException("gone"));
        Sent sent = send(1, 10);
        assertThatThrownBy(() -> sent.await(Duration.ZERO))
                .isInstanceOf(IOException.class)
                .hasMessage("gone");
    }

    @Test
    void aMessageThatTheLinkCannotTakeFails() {
        Sent[] cut = new Sent[1];
        link.duringSend = () -> {
            link.duringSend = () -> {
                throw new OutOfMemoryError("of the link");
            };
            cut[0] = send(2, 10); // is pumped by who sends the first
        };
        assertThatThrownBy(() -> send(1, 10)).isInstanceOf(OutOfMemoryError.class);
        assertThat(link.closed).isTrue();
        assertThatThrownBy(() -> cut[0].await(Duration.ZERO)).isInstanceOf(IOException.class);
    }

    @Test
    void messagesTakenBackBeforeTheirFirstFrameLeaveTheRoomTheyTook() {
        List<ByteBuffer> nearlyHalfOfAll = Collections.nCopies(500, ByteBuffer.allocate(1 << 20));
        for (int round = 0; round < 2; round++) {
            send(round, 3 << 20);
            Sent waits = outbox.add(Kind.TASK, 10 + round, nearlyHalfOfAll, List.of());
            link.write(); // begins both, and there is room for a frame of the first only
            assertThat(waits.withdraw()).isTrue();
            writeFrames(5);
        }
        Sent last = send(20, 30 << 20);
        writeFrames(35);
        assertThat(last.isWritten()).isTrue();
    }

    private void writeFrames(int frames) {
        for (int i = 0; i < frames; i++) {
            link.write();
        }
    }

    @Test
    void whoWaitsForRoomIsWokenWhenAMessageIsTakenBack() throws Exception {
        send(1, 1 << 20);
        Sent large = send(2, 8 << 20);
        Thread waits = new Thread(() -> {
            try {
                outbox.awaitRoom(Duration.ofDays(1));
            } catch (InterruptedException end) {
                Thread.currentThread().interrupt();
            }
        });
        waits.start();
        while (waits.getState() != Thread.State.TIMED_WAITING) {
            Thread.onSpinWait();
        }
        large.withdraw();
        waits.join();
    }

    /** Takes frames and writes them when told to. */
    private final class StalledLink implements Link {
        private Runnable duringSend = () -> {};
        private long taken;
        private long written;
        private boolean closed;

        void write() {
            written = taken;
            outbox.pump();
        }

        @Override
        public long send(ByteBuffer... parts) {
            duringSend.run();
            return ++taken;
        }

        @Override
        public long written() {
            return written;
        }

        @Override
        public int maxFrameBytes() {
            return MAX_FRAME_BYTES;
        }

        @Override
        public void pause() {}

        @Override
        public void resume() {}

        @Override
        public void close() {
            closed = true;
        }
    }
}
