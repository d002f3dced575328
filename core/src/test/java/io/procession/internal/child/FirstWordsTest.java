package io.procession.internal.child;

import static org.assertj.core.api.Assertions.assertThat;

import io.procession.testing.Eventually;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class FirstWordsTest {
    private final ByteArrayOutputStream stderr = new ByteArrayOutputStream();
    private final PrintStream stream = new PrintStream(stderr, true, StandardCharsets.UTF_8);

    private FirstWords child(boolean started) {
        return new FirstWords(stream, () -> started);
    }

    private static void say(FirstWords child, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        child.say(bytes, bytes.length);
    }

    private String heard() {
        return stderr.toString(StandardCharsets.UTF_8);
    }

    @Test
    void jvmsThatRefuseTheirFlagsInTheSameWordsAreHeardOnce() {
        String refusal = "no such flag, in test " + System.nanoTime();
        FirstWords first = child(false);
        FirstWords second = child(false); // at the same time
        for (String part : refusal.split("(?<= )", -1)) {
            say(first, part);
            say(second, part);
        }
        first.end();
        second.end();
        FirstWords third = child(false);
        say(third, refusal);
        third.end();
        assertThat(heard()).isEqualTo(refusal);
        FirstWords other = child(false);
        say(other, "another");
        other.end();
        assertThat(heard()).isEqualTo(refusal + "another");
    }

    @Test
    void whoHasStartedIsHeardAtOnceHoweverOften() {
        for (int i = 0; i < 3; i++) {
            FirstWords child = child(true);
            say(child, "again ");
            say(child, "and again ");
            assertThat(heard()).endsWith("again and again ");
            child.end();
        }
        assertThat(heard()).isEqualTo("again and again ".repeat(3));
    }

    @Test
    void whoTakesLongToStartIsHeardAfterAMoment() throws Exception {
        FirstWords child = child(false);
        say(child, "waiting for a debugger");
        Eventually.holds("it is heard", () -> heard().equals("waiting for a debugger"));
        say(child, "!");
        assertThat(heard()).endsWith("!");
    }

    @Test
    void whoSaysMuchBeforeItHasStartedIsHeard() {
        FirstWords child = child(false);
        say(child, "x".repeat(10_000));
        assertThat(heard()).hasSize(10_000);
    }
}
