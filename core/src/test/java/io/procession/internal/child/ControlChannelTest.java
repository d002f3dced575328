package io.procession.internal.child;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class ControlChannelTest {
    private final ControlChannel channel = new ControlChannel(1, new byte[Bootstrap.TOKEN_BYTES]);

    @Test
    void whatAStoppedChildIsToldAgainAndAgainWaitsOnce() {
        for (int i = 0; i < 100_000; i++) {
            channel.say(ControlMessage.INTERRUPT, ByteBuffer.wrap(new byte[] {1}));
            channel.say(ControlMessage.INTERRUPT, ByteBuffer.wrap(new byte[] {0}));
            channel.say(
                    ControlMessage.FIRST_FREE_KIND,
                    ByteBuffer.allocate(Long.BYTES).putLong(0, i % 3));
        }
        assertThat(channel.waiting()).isEqualTo(5);
    }
}
