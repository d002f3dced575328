package io.procession.examples.lessons;

import io.procession.pool.Pool;
import io.procession.pool.TaskTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.regex.Pattern;

/**
 * A regular expression that backtracks for years is ended after a second. A thread in {@code Matcher.matches} heeds no interrupt, and Java has no other
 * way to end one.
 *
 * @see <a href="https://owasp.org/www-community/attacks/Regular_expression_Denial_of_Service_-_ReDoS">ReDoS</a>
 */
public final class RunawayRegex {
    private RunawayRegex() {}

    /** Checks three inputs, of which the second is hostile. */
    public static void main(String[] arguments) throws InterruptedException {
        List<String> inputs = List.of("a@b.example", "a".repeat(60) + "!", "c@d.example");
        // region timeout
        try (Pool pool = Pool.builder()
                .workers(2)
                .taskTimeout(Duration.ofSeconds(1))
                .gracePeriod(Duration.ZERO) // it would not heed the interrupt
                .build()) {
            List<CompletableFuture<Boolean>> answers = inputs.stream()
                    .map(input -> pool.submit(() -> matches(input)))
                    .toList();
            for (CompletableFuture<Boolean> answer : answers) {
                try {
                    System.out.println("matches: " + answer.get());
                } catch (ExecutionException e) {
                    if (e.getCause() instanceof TaskTimeoutException late) {
                        System.out.println("ended after " + late.timeout().toSeconds() + " s in pid " + late.pid());
                    }
                }
            }
        }
        // endregion
    }

    /** Looks harmless: perhaps a quote, words with dots between, the same quote, and so on. Each further letter before a wrong one doubles the time. */
    private static boolean matches(String input) {
        return Pattern.matches("(\"?)(\\w+\\.?)+\\1@(\\w+\\.?)+", input);
    }
}
