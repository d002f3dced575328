package io.procession.transport.socket;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.procession.testing.Eventually;
import io.procession.testing.Guarded;
import io.procession.transport.TransportAddress;
import io.procession.transport.TransportSite;
import io.procession.transport.tck.Recorder;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Somebody else listens at a port where a process of the family did: it is not believed, and learns nothing of use. */
@Guarded(seconds = 60)
class FalseHostTest {
    @TempDir
    Path directory;

    private ServerSocketChannel socket;
    private TransportAddress address;
    private PassFolder folder;
    private final CompletableFuture<SocketChannel> connection = new CompletableFuture<>();

    @BeforeEach
    void listen() throws IOException {
        socket = Loopback.listen();
        folder = PassFolder.create(new TransportSite(directory, "false"));
        InetSocketAddress bound = (InetSocketAddress) socket.getLocalAddress();
        address = new Endpoint(bound.getAddress(), bound.getPort(), folder.name()).address();
    }

    @AfterEach
    void nothingIsLeft() throws Exception {
        socket.close();
        connection.get().close();
        Eventually.isEmpty("files", Duration.ofSeconds(30), () -> Site.filesBelow(folder.directory()));
        Eventually.isEmpty("threads", Duration.ofSeconds(30), Site::threads);
    }

    private void answering(ByteBuffer answer) {
        new Thread(() -> {
                    try {
                        SocketChannel client = socket.accept();
                        ByteBuffer hello = ByteBuffer.allocate(Handshake.HELLO_BYTES);
                        while (hello.hasRemaining() && client.read(hello) >= 0) {
                            // until it is whole
                        }
                        client.write(answer);
                        connection.complete(client);
                    } catch (IOException e) {
                        connection.completeExceptionally(e);
                    }
                })
                .start();
    }

    private void connect(Duration timeout) throws Exception {
        new SocketTransport().connect(address, new TransportSite(directory, "client"), new Recorder(), timeout);
    }

    @Test
    void whoDoesNotKnowThePass() {
        answering(ByteBuffer.wrap(Handshake.answer(Pass.random())));
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> connect(Site.TIMEOUT))
                .withMessageContaining(address.value())
                .withMessageContaining("not of this family");
    }

    @Test
    void whoSpeaksAnotherLanguage() {
        answering(StandardCharsets.US_ASCII.encode("220 mail.example.org ESMTP\r\n"));
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> connect(Site.TIMEOUT))
                .withMessageContaining("does not answer as");
    }

    @Test
    void whoIsSilent() {
        answering(ByteBuffer.allocate(0));
        assertThatExceptionOfType(TimeoutException.class)
                .isThrownBy(() -> connect(Duration.ofMillis(200)))
                .withMessageContaining("within 200 ms");
    }

    @Test
    void whoAnswersInPart() {
        answering(ByteBuffer.wrap(Handshake.answer(Pass.random()), 0, 20));
        assertThatExceptionOfType(TimeoutException.class).isThrownBy(() -> connect(Duration.ofMillis(200)));
    }
}
