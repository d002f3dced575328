package io.procession.transport.socket;

import static org.assertj.core.api.Assertions.assertThat;

import io.procession.pool.Pool;
import io.procession.testing.Guarded;
import io.procession.transport.Link;
import io.procession.transport.LinkListener;
import io.procession.transport.TransportSite;
import io.procession.transport.tck.Recorder;
import java.io.File;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
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
        assertThat(said(Program.class)).hasContent("[1, 2]");
    }

    @Test
    void norDoesOneThatHoldsManyLinks() throws Exception {
        assertThat(said(Host.class, directory.toString())).hasContent("served");
    }

    /** What a program says that ends well. */
    private Path said(Class<?> main, String... arguments) throws Exception {
        String classPath = Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> !entry.contains("slf4j-nop"))
                .collect(Collectors.joining(File.pathSeparator));
        Path output = directory.resolve("output");
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        List<String> command = new ArrayList<>(List.of(java, "-cp", classPath, main.getName()));
        command.addAll(List.of(arguments));
        int code = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start()
                .waitFor();
        assertThat(code).as("%s", output).isZero();
        return output;
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

    /** One link, served as if there were many. */
    static final class Host {
        private Host() {}

        public static void main(String[] arguments) throws Exception {
            TransportSite site = new TransportSite(Path.of(arguments[0]), "host");
            SocketTransport transport = new SocketTransport(new Limits(1, Duration.ofSeconds(10), 0));
            Recorder served = new Recorder();
            try (LinkListener listener = transport.listen(site, link -> served);
                    Link link = transport.connect(listener.address(), site, new Recorder(), Duration.ofSeconds(60))) {
                link.send(Frames.numbered(1, 100));
                served.frames().take();
                System.out.println("served");
            }
        }
    }
}
