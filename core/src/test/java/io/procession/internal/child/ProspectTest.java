package io.procession.internal.child;

import static org.assertj.core.api.Assertions.assertThat;

import io.procession.internal.codec.EncodeTarget;
import io.procession.transport.Transport;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProspectTest {
    @TempDir
    Path directory;

    private Path empty;
    private Path strange;

    @BeforeEach
    void makeClassPaths() throws Exception {
        empty = Files.createDirectory(directory.resolve("empty"));
        strange = directory.resolve("strange");
        Path services = Files.createDirectories(strange.resolve("META-INF/services"));
        Files.writeString(services.resolve(Transport.class.getName()), "# of others\nsome.where.Else # not here\n");
    }

    private static JvmOptions flags(String... flags) {
        return new JvmOptions(null, null, List.of(flags), Map.of(), Map.of(), null, null);
    }

    private static EncodeTarget of(JvmOptions jvm) {
        return Prospect.of("process p", jvm);
    }

    @Test
    void aClassPathGivenByFlagIsLookedAt() {
        EncodeTarget none = new EncodeTarget("process p", Set.of());

        assertThat(of(flags("-cp", empty.toString()))).isEqualTo(none);
        assertThat(of(flags("--class-path=" + empty))).isEqualTo(none);
        assertThat(of(flags("-Xmx64m", "-classpath", strange.toString(), "--class-path", empty.toString())))
                .as("the last one wins")
                .isEqualTo(none);
    }

    @Test
    void aRelativeEntryIsOfTheDirectoryOfTheChild() {
        JvmOptions there = new JvmOptions(null, null, List.of("-cp", "strange"), Map.of(), Map.of(), null, directory);

        assertThat(of(there).transports()).isNull();
    }

    @Test
    void whatCannotBeToldForCertainIsNotKnown() {
        assertThat(of(flags("-cp", strange.toString())).transports())
                .as("a transport that is not known here")
                .isNull();
        assertThat(of(flags("-cp", empty + File.separator + "*")).transports())
                .as("a pattern")
                .isNull();
        assertThat(of(flags("-cp", empty.toString(), "-javaagent:a.jar")).transports())
                .as("an agent, which may add to it")
                .isNull();
        assertThat(of(flags("@arguments")).transports()).isNull();
        assertThat(of(flags("--module-path", empty.toString())).transports()).isNull();
    }

    @Test
    void whoChoosesAClassPathSearchesForTransportsItself() {
        for (String flag : List.of(
                "-cp", "-classpath", "--class-path", "--class-path=x", "-Djava.class.path=x", "--module-path", "-p")) {
            assertThat(CommandLine.choosesClassPath(flags("-Xmx64m", flag, "x")))
                    .as(flag)
                    .isTrue();
        }
        assertThat(CommandLine.choosesClassPath(
                        flags("-Xmx64m", "-Dclass.path=x", "--patch-module=a=b", "-javaagent:a.jar")))
                .isFalse();
        JvmOptions property =
                new JvmOptions(null, null, List.of(), Map.of("java.class.path", "x"), Map.of(), null, null);
        assertThat(CommandLine.choosesClassPath(property)).isTrue();
    }
}
