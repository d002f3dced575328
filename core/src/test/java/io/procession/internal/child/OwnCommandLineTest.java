package io.procession.internal.child;

import static org.assertj.core.api.Assertions.assertThat;

import io.procession.testing.Guarded;
import java.io.File;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@Guarded
class OwnCommandLineTest {
    private static @Nullable List<String> flags(String... arguments) {
        StringBuilder line = new StringBuilder();
        for (String argument : arguments) {
            line.append(argument).append('\0');
        }
        return OwnCommandLine.flags(line.toString().getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void flagsBeforeTheMainClassAreFoundAndWhatFollowsItIsNot() {
        assertThat(flags("/jdk/bin/java", "-Dx=a b", "-cp", "-Dno.flag", "-Xmx1g", "-ea:a...", "Main", "-Dlater", "-m"))
                .containsExactly("-Dx=a b", "-Xmx1g", "-ea:a...");
        assertThat(flags("java", "-esa", "--class-path", "x", "-jar", "some.jar", "-Dlater"))
                .containsExactly("-esa");
        assertThat(flags("java", "Main")).isEmpty();
        assertThat(flags("java", "-Dempty=", "Main", "")).containsExactly("-Dempty=");
    }

    @Test
    void whatTheLauncherReadsOrChangesIsLeftToTheJvmToTell() {
        assertThat(flags("java", "@file", "Main")).isNull();
        assertThat(flags("java", "-cp", "@file", "Main")).isNull();
        assertThat(flags("java", "--add-opens", "a/b=c", "Main")).isNull();
        assertThat(flags("java", "--add-opens=a/b=c", "Main")).isNull();
        assertThat(flags("java", "-m", "module/Main")).isNull();
        assertThat(flags("java", "-XX:Flags=file", "Main")).isNull();
        assertThat(flags("java", "-XX:VMOptionsFile=file", "Main")).isNull();
        assertThat(flags("java", "-enableassertions", "Main")).isNull();
        assertThat(flags("java", "", "Main")).isNull();
    }

    @Test
    void aLineThatIsNotOneOfTheJavaLauncherIsNotRead() {
        assertThat(flags("/opt/application", "-Da", "Main")).isNull();
        assertThat(flags("java", "-Dname=é", "Main")).isNull();
        assertThat(flags("java", "-Da", "-cp", "x")).isNull();
        assertThat(OwnCommandLine.flags(new byte[0])).isNull();
        assertThat(OwnCommandLine.flags("java\0-Da\0Mai".getBytes(StandardCharsets.UTF_8)))
                .isNull();
    }

    static final class Both {
        public static void main(String[] arguments) {
            List<String> told = ManagementFactory.getRuntimeMXBean().getInputArguments();
            System.out.println(InheritableFlags.of(told).equals(InheritableFlags.of(OwnCommandLine.flags())) + " "
                    + InheritableFlags.of(told));
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void theJvmItselfTellsTheSame() throws Exception {
        List<String> command = new ArrayList<>(List.of(
                new File(System.getProperty("java.home"), "bin/java").getPath(),
                "-Dgiven=a \"quoted\" one",
                "-ea:io.procession...",
                "-Xss512k",
                "-Xmx64m",
                "-XX:+UseSerialGC",
                "-dsa",
                "-cp",
                System.getProperty("java.class.path"),
                Both.class.getName(),
                "-Dargument"));
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().remove("JAVA_TOOL_OPTIONS");
        Process process = builder.start();
        String told = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).isZero();
        assertThat(told.strip()).isEqualTo("true [-Dgiven=a \"quoted\" one, -ea:io.procession..., -Xss512k, -dsa]");
    }
}
