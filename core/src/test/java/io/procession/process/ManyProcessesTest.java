package io.procession.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.procession.internal.family.Family;
import io.procession.internal.family.FamilyFirst;
import io.procession.testing.Guarded;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Many processes, one after the other and all at once. The build runs a part of it; all of it with
 * {@code -Dprocession.test.rounds=1000 -Dprocession.test.processes=200}.
 */
@ExtendWith(FamilyFirst.class)
@Guarded(seconds = 900)
class ManyProcessesTest {
    private static final int ROUNDS = Integer.getInteger("procession.test.rounds", 100);
    private static final int PROCESSES = Integer.getInteger("procession.test.processes", 40);
    private static final int AT_ONCE = 20;

    @Test
    @DisplayName("P19: many started and joined")
    void manyStartedAndJoined() throws InterruptedException {
        Deque<Process> running = new ArrayDeque<>();
        for (int i = 0; i < PROCESSES; i++) {
            if (running.size() == AT_ONCE) {
                joinSuccessfully(running.remove());
            }
            running.add(Process.builder().name("many-" + i).start(Actions::nothing));
        }
        while (!running.isEmpty()) {
            joinSuccessfully(running.remove());
        }
        assertThat(Process.activeChildren()).isEmpty();
    }

    private static void joinSuccessfully(Process process) throws InterruptedException {
        process.join();
        assertThat(process.exitStatus().orElseThrow().isSuccess())
                .as("%s %s", process, process.exitStatus())
                .isTrue();
    }

    @Test
    void roundsOfStartKillAndCloseInRandomOrderLeaveNothing() throws Exception {
        long seed = Long.getLong("procession.test.seed", System.nanoTime());
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        List<Process> running = new ArrayList<>();
        for (int round = 0; round < ROUNDS; round++) {
            Process.Builder builder =
                    Process.builder().daemon(random.nextBoolean()).stderr(Stdio.discard());
            running.add(
                    switch (random.nextInt(4)) {
                        case 0 -> builder.stdout(Stdio.lines(line -> {})).start(Actions::sleepForEver);
                        case 1 -> builder.stdout(Stdio.discard()).start(Actions::sleepForEver);
                        case 2 -> builder.start(Actions::nothing);
                        default -> builder.start(() -> System.exit(3));
                    });
            while (running.size() > random.nextInt(6)) {
                end(running.remove(random.nextInt(running.size())), random);
            }
        }
        for (Process process : running) {
            process.close();
        }
        assertThat(Process.activeChildren()).isEmpty();
        Path directory = Family.current().directory();
        Awaitility.await().untilAsserted(() -> {
            try (Stream<Path> left = Files.list(directory)) {
                // the participants and the page of this very process
                assertThat(left).hasSize(2);
            }
        });
    }

    private static void end(Process process, Random random) throws InterruptedException {
        switch (random.nextInt(5)) {
            case 0 -> process.kill();
            case 1 -> process.kill(Reach.WITH_DESCENDANTS);
            case 2 -> process.terminate();
            case 3 -> process.interrupt();
            default -> process.close();
        }
        process.join();
        int code = process.exitCode().getAsInt();
        assertThat(code).isIn(0, 1, 3, 137, 143);
        assertThat(process.exitStatus().orElseThrow().incomplete()).isEmpty();
    }
}
