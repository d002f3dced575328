package io.procession.transport.shm.queue;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.UncheckedIOException;
import java.nio.file.NoSuchFileException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who waits gets what he waited for. */
class TurnstileTest {
    private static final int ME = 1;
    private static final long LONG = TimeUnit.HOURS.toNanos(1);

    private final ModelWords memory = new ModelWords(1);
    private final Sleepers sleepers =
            new Sleepers(memory, new Slots(memory, ModelWords.SLOTS), HeaderLayout.WAITS_FOR_ITEM);

    @BeforeEach
    void oneSlot() {
        memory.set(QueueMemory.HEADER, HeaderLayout.HIGHEST, ME);
    }

    @Test
    void whatFailsAfterASuccessDoesNotTakeItAway() throws Exception {
        Turnstile turnstile = new Turnstile(
                sleepers,
                ME,
                () -> {
                    throw new UncheckedIOException(new NoSuchFileException("a file of cells"));
                },
                LONG);
        String item = turnstile.await(this::rungAtAndFound, LONG);
        assertThat(item).isEqualTo("item");
        assertThat(turnstile.await(this::rungAtAndFound, LONG))
                .as("the next one in the row")
                .isEqualTo("item");
    }

    /** Finds it just before it would sleep, and somebody has rung at that moment: he will ring on. */
    private @Nullable String rungAtAndFound(Turnstile.Look look) {
        if (look == Turnstile.Look.QUICK) {
            return null;
        }
        assertThat(sleepers.chooseOne()).isEqualTo(ME);
        return "item";
    }
}
