package io.procession.tck.pool;

import static org.assertj.core.api.Assertions.assertThat;

import io.procession.pool.Pool;
import io.procession.process.WorkerOptions;
import io.procession.tck.process.FamilyFirst;
import io.procession.testing.Guarded;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/** Names in the logging context of workers. */
@ExtendWith(FamilyFirst.class)
@Guarded(seconds = 120)
public abstract class PoolLoggingContract extends PoolSuite {
    private static final WorkerOptions KEEPS_CONTEXT =
            WorkerOptions.defaults().systemProperty("slf4j.provider", KeepsContext.class.getName());

    /** For a test class of the transport. */
    protected PoolLoggingContract() {}

    @Test
    void tasksThatLogHaveTheirNamesInTheContext() {
        try (Pool pool = builder(1).workerOptions(KEEPS_CONTEXT).build()) {
            pool.submit(() -> LoggerFactory.getLogger("user").info("first")).join();
            Map<String, String> context =
                    pool.submit(() -> MDC.getCopyOfContextMap()).join();
            assertThat(context.get("procession.worker")).isEqualTo(pool.name() + "-worker-1");
            assertThat(Long.parseLong(context.get("procession.task"))).isPositive();
            Map<String, String> next =
                    pool.submit(() -> MDC.getCopyOfContextMap()).join();
            assertThat(next.get("procession.task")).isNotEqualTo(context.get("procession.task"));
        }
    }

    @Test
    void aWorkerWhoseTasksDoNotLogLoadsNoBackEnd() throws Exception {
        try (Pool pool = builder(1).workerOptions(KEEPS_CONTEXT).build()) {
            assertThat(pool.map(number -> number + 1, List.of(1, 2))).containsExactly(2, 3);
            Boolean loaded = pool.submit(
                            () -> ClassLoader.getSystemClassLoader().getDefinedPackage("org.slf4j.helpers") != null)
                    .join();
            assertThat(loaded).isFalse();
        }
    }
}
