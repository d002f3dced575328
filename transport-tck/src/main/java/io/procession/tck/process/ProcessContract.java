package io.procession.tck.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.procession.pool.Pool;
import io.procession.process.Process;
import io.procession.queue.Queue;
import io.procession.testing.Guarded;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Processes that talk: the rows of section A that need a transport. */
@ExtendWith(FamilyFirst.class)
@Guarded(seconds = 120)
public abstract class ProcessContract {
    private static final Duration LONG = Duration.ofSeconds(60);

    /** For a test class of the transport. */
    protected ProcessContract() {}

    /**
     * The transport under test.
     *
     * @return its id
     */
    protected abstract String transport();

    private <T> Queue<T> queue() {
        return Queue.<T>builder().transport(transport()).create();
    }

    private static <T> List<T> all(Queue<T> queue) throws InterruptedException {
        List<T> items = new ArrayList<>();
        for (T item = queue.poll(); item != null; item = queue.poll()) {
            items.add(item);
        }
        return items;
    }

    @Test
    @Tag("smoke")
    @DisplayName("P02: the child sees its name, its pid and its parent as the parent sees them")
    void identity() throws InterruptedException {
        try (Queue<String> queue = queue()) {
            Process process = Process.builder()
                    .name("worker bee")
                    .start(() -> queue.put(Process.current().name() + " "
                            + Process.current().pid() + " "
                            + Process.parent().orElseThrow().pid()));
            process.join();
            assertThat(all(queue))
                    .containsExactly("worker bee " + process.pid() + " "
                            + ProcessHandle.current().pid());
        }
    }

    @Test
    @DisplayName("P16: children start children, three generations deep; all seven ids arrive in order")
    void recursion() throws InterruptedException {
        try (Queue<String> queue = queue()) {
            Process process = Process.start(() -> descend(queue, 2, "0"));
            process.join();
            assertThat(all(queue)).containsExactly("0", "00", "000", "001", "01", "010", "011");
        }
    }

    private static void descend(Queue<String> queue, int left, String path) throws InterruptedException {
        queue.put(path);
        for (int i = 0; left > 0 && i < 2; i++) {
            String next = path + i;
            Process.start(() -> descend(queue, left - 1, next)).join();
        }
    }

    @Test
    @Tag("smoke")
    @DisplayName("P24: a process as a service: it answers until it is told to stop")
    void conversation() throws InterruptedException {
        try (Queue<String> requests = queue();
                Queue<String> answers = queue()) {
            Process service = Process.start(() -> {
                for (String request = requests.take(); !request.equals("stop"); request = requests.take()) {
                    answers.put(request.toUpperCase(java.util.Locale.ROOT));
                }
            });
            requests.put("hello");
            assertThat(answers.poll(LONG)).isEqualTo("HELLO");
            requests.put("world");
            assertThat(answers.poll(LONG)).isEqualTo("WORLD");
            requests.put("stop");
            service.join();
            assertThat(service.exitCode()).hasValue(0);
        }
    }

    @Test
    @DisplayName("P33: a queue and a pool work inside a process")
    void queueAndPoolInAChild() throws InterruptedException {
        String transport = transport();
        try (Queue<List<Integer>> results = queue()) {
            Process process = Process.start(() -> {
                try (Pool pool = Pool.builder().workers(4).transport(transport).build();
                        Queue<Integer> inner =
                                Queue.<Integer>builder().transport(transport).create()) {
                    Process.start(() -> inner.put(25)).join();
                    results.put(pool.map(ProcessContract::square, List.of(1, 2, inner.take())));
                }
            });
            process.join();
            assertThat(process.exitStatus().orElseThrow().isSuccess()).isTrue();
            assertThat(all(results)).containsExactly(List.of(1, 4, 625));
        }
    }

    private static int square(int number) {
        return number * number;
    }

    @Test
    @DisplayName("what a process put before it ended is there when its join returns, however it ended")
    void nothingIsLateForTheJoin() throws InterruptedException {
        try (Queue<Integer> queue = queue()) {
            for (int round = 0; round < 10; round++) {
                boolean orderly = round % 2 == 0;
                Process process = Process.start(() -> {
                    for (int i = 0; i < 500; i++) {
                        queue.put(i);
                    }
                    if (orderly) {
                        System.exit(0);
                    }
                    Runtime.getRuntime().halt(9);
                });
                process.join();
                assertThat(all(queue)).hasSize(500).endsWith(499);
                assertThat(process.exitStatus().orElseThrow().incomplete()).isEmpty();
            }
        }
    }

    @Test
    @Tag("smoke")
    @DisplayName("what a process put before kill -9 is there when its join returns")
    void aKillLosesNothingThatWasPut() throws InterruptedException {
        try (Queue<Integer> queue = queue()) {
            Process process = Process.start(() -> {
                for (int i = 1; i <= 500; i++) {
                    queue.put(i);
                }
                queue.put(0);
                new CountDownLatch(1).await();
            });
            List<Integer> taken = new ArrayList<>();
            taken.add(queue.poll(LONG));
            while (queue.size() < 500) {
                TimeUnit.MILLISECONDS.sleep(1); // waits for a state, has no upper bound of its own
            }
            process.kill();
            process.join();
            taken.addAll(all(queue));
            assertThat(taken).hasSize(501).endsWith(500, 0);
        }
    }
}
