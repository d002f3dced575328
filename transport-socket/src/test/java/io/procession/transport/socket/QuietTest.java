package io.procession.transport.socket;

import static org.assertj.core.api.Assertions.assertThat;

import io.procession.pool.Pool;
import io.procession.testing.Guarded;
import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A program that has no logging and asks for no word gets none, neither from Netty nor from SLF4J nor from the JVM. */
@Guarded(seconds = 120)
class QuietTest {
    @TempDir
    Path directory;

    @Test
    void aProgramWithoutABackEndForItsLogsHearsNothing() throws Exception {
        String classPath = Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> !entry.contains("slf4j-nop"))
                .collect(Collectors.joining(File.pathSeparator));
        Path output = directory.resolve("output");
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        int code = new ProcessBuilder(java, "-cp", classPath, Program.class.getName())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start()
                .waitFor();
        assertThat(output).hasContent("[1, 2]");
        assertThat(code).isZero();
    }

    /** A pool over sockets. */
    static final class Program {
        private Program() {}

        public static void main(String[] arguments) throws Exception {
            try (Pool pool = Pool.builder().workers(2).transport("socket").build()) {
                System.out.println(pool.map(Program::half, List.of(2, 4)));
            }
        }

        private static int half(int number) {
            return number / 2;
        }
    }
}
