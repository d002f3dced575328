package io.procession.internal.pool;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class TaskInboxTest {
    private final TaskInbox inbox = new TaskInbox();

    @Test
    void aFunctionThatIsForgottenBeforeItArrivesIsNotKept() {
        inbox.forgetFunction(1);
        inbox.addFunction(1, ByteBuffer.allocate(1));
        assertThat(inbox.knows(1)).isFalse();
    }

    @Test
    void aFunctionIsKeptUntilItIsForgotten() {
        inbox.addFunction(1, ByteBuffer.allocate(1));
        assertThat(inbox.knows(1)).isTrue();
        inbox.forgetFunction(1);
        assertThat(inbox.knows(1)).isFalse();
    }

    @Test
    void whenTheLinkHasEndedNothingIsBegunAnyMore() throws Exception {
        inbox.add(1, ByteBuffer.allocate(1));
        inbox.add(2, ByteBuffer.allocate(1));
        assertThat(inbox.take().id()).isEqualTo(1);
        inbox.abandon();
        assertThat(inbox.take()).isNull();
    }

    @Test
    void aWorkerThatRetiresFinishesWhatItHas() throws Exception {
        inbox.add(1, ByteBuffer.allocate(1));
        inbox.close();
        assertThat(inbox.take().id()).isEqualTo(1);
        assertThat(inbox.take()).isNull();
    }
}
