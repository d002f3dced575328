package io.procession.tck.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.procession.codec.RemoteFailure;
import io.procession.codec.SerializationException;
import io.procession.pool.Pool;
import io.procession.pool.WorkerDiedException;
import io.procession.task.Task;
import io.procession.tck.process.FamilyFirst;
import io.procession.testing.Guarded;
import java.io.Externalizable;
import java.io.IOException;
import java.io.ObjectInput;
import java.io.ObjectOutput;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** How failures of tasks arrive, and what becomes of values that fail on their way. */
@ExtendWith(FamilyFirst.class)
@Guarded(seconds = 120)
@SuppressWarnings({"NullAway", "FutureReturnValueIgnored", "ThrowableEqualsHashCode"
}) // causes are asserted by use, and one is odd on purpose
public abstract class PoolExceptionContract {
    /** For a test class of the transport. */
    protected PoolExceptionContract() {}

    /**
     * The transport under test.
     *
     * @return its id
     */
    protected abstract String transport();

    private Pool pool(int workers) {
        return Pool.builder().workers(workers).transport(transport()).build();
    }

    private static Throwable causeOf(CompletableFuture<?> future) throws InterruptedException {
        try {
            Object result = future.get();
            throw new AssertionError("it succeeded with " + result);
        } catch (ExecutionException e) {
            return e.getCause();
        }
    }

    /** Equal to everything, without a message, and never prints the same. */
    static final class OddException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        @Override
        public boolean equals(Object other) {
            return true;
        }

        @Override
        public int hashCode() {
            throw new IllegalStateException("no hash");
        }

        @Override
        public String getMessage() {
            return null;
        }
    }

    /** Holds what cannot travel. */
    static final class HoldsAThread extends RuntimeException {
        private static final long serialVersionUID = 1L;

        @SuppressWarnings("unused")
        private final transient Thread lost = Thread.currentThread();

        @SuppressWarnings({"unused", "serial"})
        private final Object held = Thread.currentThread();

        HoldsAThread(String message, Throwable cause) {
            super(message, cause);
        }
    }

    private static int throwOdd() {
        throw new OddException();
    }

    private static int throwHolder() {
        throw new HoldsAThread("cannot travel", new IOException("the root of it"));
    }

    @Test
    @DisplayName("X14: odd exception classes are still raised")
    void oddExceptions() throws Exception {
        try (Pool pool = pool(1)) {
            Throwable cause = causeOf(pool.submit(PoolExceptionContract::throwOdd));
            assertThat(cause.getClass()).isSameAs(OddException.class);
            assertThatExceptionOfType(OddException.class).isThrownBy(() -> pool.map(i -> throwOdd(), List.of(1)));
        }
    }

    @Test
    @DisplayName("Defect 4: an exception that cannot travel arrives as text, with its type, message, trace and cause")
    void exceptionsThatCannotTravel() throws Exception {
        try (Pool pool = pool(1)) {
            Throwable cause = causeOf(pool.submit(PoolExceptionContract::throwHolder));
            assertThat(cause).isInstanceOf(RemoteFailure.class).hasMessageContaining("cannot travel");
            RemoteFailure failure = (RemoteFailure) cause;
            assertThat(failure.originalType()).isEqualTo(HoldsAThread.class.getName());
            assertThat(failure.originalMessage()).isEqualTo("cannot travel");
            assertThat(failure.trace())
                    .contains("throwHolder(PoolExceptionContract.java:")
                    .contains("the root of it");
            assertThat(failure.reason()).contains("Thread");
            assertThat(pool.submit(() -> 1).get()).isEqualTo(1);
        }
    }

    @Test
    @DisplayName("X16: each future has an exception of its own, and asking again adds nothing to its trace")
    void exceptionsAreNotShared() throws Exception {
        try (Pool pool = pool(1)) {
            CompletableFuture<Integer> first = pool.submit(() -> Tasks.failAt13(13));
            CompletableFuture<Integer> second = pool.submit(() -> Tasks.failAt13(13));
            Throwable cause = causeOf(first);
            int depth = cause.getStackTrace().length;
            int causes = cause.getCause().getSuppressed().length;
            assertThat(causeOf(first)).isSameAs(cause);
            assertThat(cause.getStackTrace()).hasSize(depth);
            assertThat(cause.getCause().getSuppressed()).hasSize(causes);
            assertThat(causeOf(second)).isNotSameAs(cause).hasMessage("unlucky 13");
        }
    }

    @Test
    @DisplayName("X05: a TimeoutException thrown by a task is a failure like others")
    void timeoutsOfTasks() throws Exception {
        Task<Integer> task = () -> {
            throw new TimeoutException("its own");
        };
        try (Pool pool = pool(1)) {
            CompletableFuture<Integer> future = pool.submit(task);
            assertThatExceptionOfType(ExecutionException.class)
                    .isThrownBy(() -> future.get(1, TimeUnit.MINUTES))
                    .withCauseInstanceOf(TimeoutException.class)
                    .withStackTraceContaining("its own");
        }
    }

    /** Does something to the process that writes or reads it. */
    static final class Trap implements Externalizable {
        private static final long serialVersionUID = 1L;
        private String onWrite = "";
        private String onRead = "";
        private long readers;

        public Trap() {}

        /**
         * @param onWrite what it does to who writes it, except here
         * @param onRead what it does to who reads it, except in the process with the pid
         */
        Trap(String onWrite, String onRead, long spared) {
            this.onWrite = onWrite;
            this.onRead = onRead;
            this.readers = spared;
        }

        @Override
        public void writeExternal(ObjectOutput out) throws IOException {
            out.writeUTF(onWrite);
            out.writeUTF(onRead);
            out.writeLong(readers);
            if (readers != ProcessHandle.current().pid()) {
                spring(onWrite);
            }
        }

        @Override
        public void readExternal(ObjectInput in) throws IOException {
            onWrite = in.readUTF();
            onRead = in.readUTF();
            readers = in.readLong();
            if (readers != ProcessHandle.current().pid()) {
                spring(onRead);
            }
        }

        private static void spring(String what) throws IOException {
            switch (what) {
                case "exit" -> System.exit(9);
                case "halt" -> Runtime.getRuntime().halt(9);
                case "throw" -> throw new IOException("sprung");
                case "error" -> throw new AssertionError("sprung");
                default -> {}
            }
        }
    }

    @Test
    @DisplayName("X45: a worker that exits, dies or fails while it reads a task fails that task, and the pool lives")
    void trapsInArguments() throws Exception {
        long here = ProcessHandle.current().pid();
        try (Pool pool = pool(1)) {
            for (String what : List.of("exit", "halt", "throw", "error")) {
                Trap trap = new Trap("", what, here);
                Throwable cause = causeOf(pool.submit(() -> trap.hashCode()));
                if (what.equals("exit") || what.equals("halt")) {
                    assertThat(cause).as(what).isInstanceOf(WorkerDiedException.class);
                } else {
                    assertThat(cause).as(what).hasStackTraceContaining("sprung");
                }
                assertThat(pool.submit(() -> 1).get()).isEqualTo(1);
            }
        }
    }

    @Test
    @DisplayName("X47: a worker that exits, dies or fails while it writes a result fails that task, and the pool lives")
    void trapsInResults() throws Exception {
        long here = ProcessHandle.current().pid();
        try (Pool pool = pool(1)) {
            for (String what : List.of("exit", "halt", "throw", "error")) {
                Throwable cause = causeOf(pool.submit(() -> new Trap(what, "", here)));
                if (what.equals("exit") || what.equals("halt")) {
                    assertThat(cause).as(what).isInstanceOf(WorkerDiedException.class);
                } else {
                    assertThat(cause).as(what).hasStackTraceContaining("sprung");
                }
                assertThat(pool.submit(() -> 1).get()).isEqualTo(1);
            }
        }
    }

    @Test
    @DisplayName("X48: a result that cannot be read here fails its own future, and no other")
    void trapsForTheReader() throws Exception {
        try (Pool pool = pool(1)) {
            CompletableFuture<Trap> bad = pool.submit(
                    () -> new Trap("", "throw", ProcessHandle.current().pid()));
            CompletableFuture<Integer> good = pool.submit(() -> 1);
            assertThat(good.get()).isEqualTo(1);
            assertThat(causeOf(bad)).isInstanceOf(SerializationException.class).hasStackTraceContaining("sprung");
            assertThat(pool.submit(() -> 2).get()).isEqualTo(2);
        }
    }

    @Test
    @DisplayName("X49: a crash or a failure after shutdown fails its future, and everything ends")
    void failuresAfterShutdown() throws Exception {
        Pool pool = pool(1);
        CompletableFuture<Integer> slow = pool.submit(() -> {
            Thread.sleep(50);
            return 1;
        });
        CompletableFuture<Integer> crash = pool.submit(() -> Tasks.haltAt13(13));
        CompletableFuture<Object> unserialisable = pool.submit(() -> Tasks.threadAt13(13));
        CompletableFuture<Integer> last = pool.submit(() -> 4);
        pool.shutdown();
        assertThat(slow.get()).isEqualTo(1);
        assertThat(causeOf(crash)).isInstanceOf(WorkerDiedException.class);
        assertThat(causeOf(unserialisable)).isInstanceOf(SerializationException.class);
        assertThat(last.get()).isEqualTo(4);
        assertThat(pool.awaitTermination(1, TimeUnit.MINUTES)).isTrue();
    }

    @Test
    @DisplayName("Defect 5: a callback that throws does not keep later tasks from completing")
    void callbacksThatThrow() throws Exception {
        try (Pool pool = pool(1)) {
            for (int i = 0; i < 20; i++) {
                pool.submit(() -> 1).whenComplete((result, failure) -> {
                    throw new IllegalStateException("from a callback");
                });
            }
            assertThat(pool.submit(() -> 5).get()).isEqualTo(5);
        }
    }

    @Test
    @DisplayName("X38: submit, cancel and close at once do not hang")
    void cancelAndClose() {
        for (int i = 0; i < 3; i++) {
            try (Pool pool = pool(1)) {
                assertThat(pool.submit(Tasks::waitForInterrupt).cancel(true))
                        .isTrue(); // whether it runs already or not
            }
        }
    }
}
