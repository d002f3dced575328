package io.procession.examples.guide;

import static org.assertj.core.api.Assertions.assertThat;

import io.procession.examples.FamilyFirst;
import io.procession.process.Process;
import io.procession.process.Stdio;
import io.procession.testing.Guarded;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(FamilyFirst.class)
@Guarded
class GuideTest {
    @Test
    void picturesGoOverEveryTransport() throws Exception {
        List<String> lines = run(Pictures.class, "5");

        assertThat(lines).allMatch(line -> line.contains("half of the pictures within "));
        assertThat(lines).map(line -> line.substring(0, line.indexOf(' '))).contains("pipe", "shm", "socket");
    }

    @Test
    void aPoolOfEverySizeDoesItsWork() throws Exception {
        assertThat(run(Sizing.class)).containsExactly("790 digits, 2 workers");
    }

    private static List<String> run(Class<?> main, String... arguments) throws Exception {
        List<String> lines = new CopyOnWriteArrayList<>();
        try (Process program = Process.builder().stdout(Stdio.lines(lines::add)).startMain(main, arguments)) {
            program.join();
            assertThat(program.exitCode()).hasValue(0);
        }
        return lines;
    }
}
