package io.procession.transport.pipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.procession.transport.Transport;
import io.procession.transport.TransportSite;
import io.procession.transport.tck.Recorder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ServiceLoader;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AvailabilityTest {
    @TempDir
    Path directory;

    @AfterEach
    void forget() {
        System.clearProperty(Mkfifo.PROPERTY);
    }

    @Test
    void theServiceLoaderFindsIt() {
        assertThat(ServiceLoader.load(Transport.class)).anySatisfy(transport -> {
            assertThat(transport).isInstanceOf(PipeTransport.class);
            assertThat(transport.id()).isEqualTo("pipe");
            assertThat(transport.availability().usable()).isTrue();
        });
    }

    @Test
    void withoutMkfifoItIsRefusedAndSaysWhatToDo() {
        System.setProperty(Mkfifo.PROPERTY, directory.resolve("no mkfifo here").toString());
        assertThat(new PipeTransport().availability().usable()).isFalse();
        assertThat(new PipeTransport().availability().reason())
                .contains("no mkfifo here")
                .contains("coreutils");
        assertThatThrownBy(() -> new PipeTransport().listen(new TransportSite(directory, "h"), link -> new Recorder()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("no mkfifo here");
    }

    @Test
    void anMkfifoThatFailsIsReportedWithItsWordsAndLeavesNothing() throws Exception {
        Path broken = Files.writeString(directory.resolve("mkfifo"), "#!/bin/sh\necho no room today >&2\nexit 3\n");
        broken.toFile().setExecutable(true);
        Path site = Files.createDirectory(directory.resolve("site"));
        System.setProperty(Mkfifo.PROPERTY, broken.toString());
        assertThatThrownBy(() -> new PipeTransport().listen(new TransportSite(site, "h"), link -> new Recorder()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("no room today")
                .hasMessageContaining("exit code 3");
        assertThat(Site.filesBelow(site)).isEmpty();
    }
}
