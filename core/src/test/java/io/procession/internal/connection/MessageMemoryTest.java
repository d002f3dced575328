package io.procession.internal.connection;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MessageMemoryTest {
    private static final int LARGE = 1 << 20;

    @BeforeEach
    void takeWhatOthersLeft() {
        for (int bytes = 256 << 10; bytes <= 16 << 20; bytes *= 2) {
            for (int i = 0; i < 4; i++) {
                MessageMemory.take(bytes);
            }
        }
    }

    @Test
    void servesAgainForMessagesThatFit() {
        ByteBuffer first = MessageMemory.take(LARGE);
        assertThat(first.remaining()).isEqualTo(LARGE);
        first.position(LARGE / 2); // where a decoder left it
        MessageMemory.giveBack(first);

        ByteBuffer second = MessageMemory.take(LARGE - 5);
        assertThat(second.array()).isSameAs(first.array());
        assertThat(second.position()).isZero();
        assertThat(second.remaining()).isEqualTo(LARGE - 5);

        MessageMemory.giveBack(second);
        assertThat(MessageMemory.take(LARGE + 1).array()).isNotSameAs(first.array());
    }

    @Test
    void isNotMuchLargerThanTheMessage() {
        ByteBuffer large = MessageMemory.take(8 * LARGE);
        MessageMemory.giveBack(large);
        assertThat(MessageMemory.take(LARGE).array()).hasSize(LARGE);
        assertThat(MessageMemory.take(4 * LARGE).array()).isSameAs(large.array());
    }

    @Test
    void whatComesBackLastIsKeptBesideWhatFitsNobody() {
        MessageMemory.giveBack(ByteBuffer.allocate(8 * LARGE));
        MessageMemory.giveBack(ByteBuffer.allocate(8 * LARGE));
        ByteBuffer now = ByteBuffer.allocate(LARGE);
        MessageMemory.giveBack(now);
        assertThat(MessageMemory.take(LARGE).array()).isSameAs(now.array());
    }

    @Test
    void isNeverInTwoHands() {
        ByteBuffer one = MessageMemory.take(LARGE);
        MessageMemory.giveBack(one);
        assertThat(MessageMemory.take(LARGE).array()).isSameAs(one.array());
        assertThat(MessageMemory.take(LARGE).array()).isNotSameAs(one.array());
    }

    @Test
    void keepsNeitherPartsNorWhatIsTooSmallOrTooLarge() {
        ByteBuffer message = MessageMemory.take(LARGE);
        MessageMemory.giveBack(message.slice(100, LARGE / 2));
        MessageMemory.giveBack(message.slice(0, LARGE / 2));
        MessageMemory.giveBack(ByteBuffer.allocateDirect(LARGE));
        assertThat(MessageMemory.take(LARGE / 2).array()).isNotSameAs(message.array());

        ByteBuffer small = MessageMemory.take(100);
        MessageMemory.giveBack(small);
        assertThat(MessageMemory.take(100).array()).isNotSameAs(small.array());

        ByteBuffer huge = MessageMemory.take(17 << 20);
        MessageMemory.giveBack(huge);
        assertThat(MessageMemory.take(17 << 20).array()).isNotSameAs(huge.array());
    }

    @Test
    void keepsFew() {
        ByteBuffer[] messages = new ByteBuffer[5];
        for (int i = 0; i < messages.length; i++) {
            messages[i] = MessageMemory.take(LARGE);
        }
        for (ByteBuffer message : messages) {
            MessageMemory.giveBack(message);
        }
        int again = 0;
        for (int i = 0; i < messages.length; i++) {
            byte[] memory = MessageMemory.take(LARGE).array();
            for (ByteBuffer message : messages) {
                again += message.array() == memory ? 1 : 0;
            }
        }
        assertThat(again).isEqualTo(2);
    }
}
