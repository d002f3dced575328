package io.procession.pool;

import io.procession.internal.codec.Codec;
import io.procession.internal.pool.TaskMessages;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What became of each item of a chunk; given one by one. */
final class Outcomes {
    private final Chunk chunk;
    private final List<?> results;
    private final Map<Integer, Throwable> failures;

    /** What all have failed with, if they have. */
    private final @Nullable Throwable common;

    private int given;

    private Outcomes(Chunk chunk, List<?> results, Map<Integer, Throwable> failures, @Nullable Throwable common) {
        this.chunk = chunk;
        this.results = results;
        this.failures = failures;
        this.common = common;
    }

    /** Decodes the answer to a chunk of which each item counts for itself. */
    static Outcomes of(Chunk chunk, Answer.Value answer) {
        Map<Integer, Throwable> failures = new HashMap<>();
        ByteBuffer bytes = answer.bytes();
        TaskMessages.failures(bytes).forEach((item, failure) -> {
            Throwable decoded = Codec.standard().decodeFailure(failure, answer.shapes());
            decoded.addSuppressed(new FailedItem(chunk.describe(item)));
            failures.put(item, decoded);
        });
        return new Outcomes(chunk, list(answer.decode(), chunk), failures, null);
    }

    /** All have failed. */
    static Outcomes failed(Chunk chunk, Throwable failure) {
        return new Outcomes(chunk, List.of(), Map.of(), failure);
    }

    /** A decoded list of results, if it is one and has the right length. */
    static List<?> list(@Nullable Object decoded, Chunk chunk) {
        if (!(decoded instanceof List<?> list) || list.size() != chunk.size()) {
            throw new IllegalStateException("a worker answered "
                    + (decoded instanceof List<?> other ? other.size() + " results" : "no list") + " for a chunk of "
                    + chunk.size() + " items");
        }
        return list;
    }

    /** Whether all have been given. */
    boolean isEmpty() {
        return given == chunk.size();
    }

    /**
     * The next result.
     *
     * @throws RuntimeException the failure of the item, if it has failed; the one behind it is next then
     */
    @Nullable
    Object next() {
        int item = given++;
        Throwable failure = common == null ? failures.get(item) : common;
        if (failure != null) {
            throw TaskFailures.rethrow(failure);
        }
        return results.get(item);
    }
}
