package io.procession.benchmarks.subjects;

import io.procession.pool.Pool;
import java.util.Set;

/** A pool whose workers have run a task each and wait for the next. Arguments: id of the transport, workers, seconds to watch. */
public final class PoolIdle {
    private PoolIdle() {}

    /** Runs. */
    public static void main(String[] arguments) throws Exception {
        int workers = Integer.parseInt(arguments[1]);
        try (Pool pool = Pool.builder().workers(workers).transport(arguments[0]).build()) {
            Set<Long> pids = PoolSubject.awaitWorkers(pool);
            IdleCpu.watch(
                    Double.parseDouble(arguments[2]),
                    pids.stream().mapToLong(Long::longValue).toArray());
        }
    }
}
