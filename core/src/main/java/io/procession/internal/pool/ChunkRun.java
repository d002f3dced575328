package io.procession.internal.pool;

import io.procession.codec.SerializationException;
import io.procession.internal.codec.Codec;
import io.procession.internal.codec.EncodeTarget;
import io.procession.internal.codec.Encoded;
import io.procession.internal.family.StatusPage;
import io.procession.task.TaskFunction;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** The items of one chunk, one after the other. The status page names the item before it is begun. */
final class ChunkRun {
    private final TaskFunction<@Nullable Object, @Nullable Object> function;
    private final List<?> items;
    private final EncodeTarget target;
    private final StatusPage page;
    private final BooleanSupplier abandoned;
    private final Codec codec = Codec.standard();

    /** What items failed with. */
    private final Map<Integer, Encoded> failures = new LinkedHashMap<>();

    private int item = -1;

    /**
     * @param target who gets the results
     * @param abandoned whether nobody wants the rest any more; asked before each item
     */
    ChunkRun(
            TaskFunction<@Nullable Object, @Nullable Object> function,
            List<?> items,
            EncodeTarget target,
            StatusPage page,
            BooleanSupplier abandoned) {
        this.function = function;
        this.items = items;
        this.target = target;
        this.page = page;
        this.abandoned = abandoned;
    }

    /** The item it is at, or was when it ended. */
    int item() {
        return item;
    }

    /** Runs the items up to the first that fails. */
    Encoded untilFailure() throws Exception {
        List<@Nullable Object> results = new ArrayList<>(items.size());
        for (Object argument : items) {
            begin();
            results.add(function.apply(argument));
        }
        try {
            return codec.encode(results, target);
        } catch (SerializationException e) {
            throw culprit(results, e);
        }
    }

    /** Runs all items; those that fail leave null and a {@linkplain #failures() failure}. Only what ends this worker as well ends the chunk. */
    Encoded each() throws Exception {
        List<@Nullable Object> results = new ArrayList<>(items.size());
        for (Object argument : items) {
            begin();
            @Nullable Object result = null;
            try {
                result = function.apply(argument);
            } catch (Throwable e) {
                if (TaskRunner.isSpentBy(e)) {
                    throw e; // the others of the chunk shall not run here
                }
                failures.put(item, codec.encodeFailure(e, target));
            }
            results.add(result);
        }
        item = -1; // none is to blame from here on
        try {
            return codec.encode(results, target);
        } catch (SerializationException e) {
            for (item = 0; item < results.size(); item++) {
                SerializationException refusal = refusal(results.get(item));
                if (refusal != null) {
                    failures.put(item, codec.encodeFailure(refusal, target));
                    results.set(item, null);
                }
            }
            return codec.encode(results, target);
        }
    }

    Map<Integer, Encoded> failures() {
        return failures;
    }

    private void begin() {
        if (abandoned.getAsBoolean()) {
            throw new CancellationException("nobody waits for the rest of this chunk");
        }
        item++;
        page.itemStarted(item);
    }

    /** The refusal of the first result that cannot travel, which is told with its item; or else that of all together. */
    private SerializationException culprit(List<?> results, SerializationException ofAll) {
        int last = item;
        for (item = 0; item <= last; item++) {
            SerializationException refusal = refusal(results.get(item));
            if (refusal != null) {
                return refusal;
            }
        }
        item = -1;
        return ofAll;
    }

    private @Nullable SerializationException refusal(@Nullable Object result) {
        try {
            codec.encode(result, target);
            return null;
        } catch (SerializationException e) {
            return e;
        }
    }
}
