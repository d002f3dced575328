package io.procession.transport.socket;

import static org.assertj.core.api.Assertions.assertThat;

import io.procession.testing.Guarded;
import io.procession.transport.Link;
import io.procession.transport.TransportAddress;
import io.procession.transport.tck.Recorder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page and the program say the same. */
@Guarded(seconds = 60)
class WireDocumentTest {
    private static final Path PAGE = Path.of("..", "docs", "wire-protocol.md");
    private static final HexFormat HEX = HexFormat.of();

    @TempDir
    Path directory;

    @Test
    void theExampleIsWhatTheProgramSays() throws Exception {
        byte[] tokens = SessionDecoder.vector(PAGE, "pass");
        byte[] client = SessionDecoder.vector(PAGE, "client");
        byte[] host = SessionDecoder.vector(PAGE, "host");
        SessionDecoder.Client said = SessionDecoder.client(client);
        SessionDecoder.Host answered = SessionDecoder.host(host);
        Pass pass = new Pass(HEX.parseHex(said.pass()), tokens);

        ByteBuffer hello = Handshake.hello(pass);
        assertThat(hello).isEqualTo(ByteBuffer.wrap(client, 0, 56).slice());
        assertThat(Handshake.answer(pass)).isEqualTo(Arrays.copyOf(host, 40));
        assertThat(said.frames()).extracting(HEX::formatHex).containsExactly("0102030405060708", "");
        assertThat(answered.frames()).extracting(HEX::formatHex).containsExactly("ffee");
    }

    @Test
    void aHostThatIsToldTheExampleUnderstandsIt() throws Exception {
        byte[] client = SessionDecoder.vector(PAGE, "client");
        try (Site site = new Site(directory);
                RawClient raw = site.stranger()) {
            Path file = raw.folder().directory().resolve("00112233445566778899aabbccddeeff");
            Files.write(file, SessionDecoder.vector(PAGE, "pass"));
            raw.say(ByteBuffer.wrap(client, 0, 56));
            Site.Accepted accepted = site.nextAccepted();
            raw.say(ByteBuffer.wrap(client, 56, client.length - 56));
            accepted.link().send(ByteBuffer.wrap(HEX.parseHex("00000006ffee")));

            byte[] host = SessionDecoder.vector(PAGE, "host");
            ByteBuffer answer = ByteBuffer.allocate(host.length);
            while (answer.hasRemaining() && raw.channel().read(answer) >= 0) {
                // until it is whole
            }
            assertThat(answer.array()).isEqualTo(host);
            assertThat(accepted.recorder().frames().poll(30, TimeUnit.SECONDS).limit())
                    .isEqualTo(12);
            assertThat(accepted.recorder().frames().poll(30, TimeUnit.SECONDS).limit())
                    .isEqualTo(4);
        }
    }

    @Test
    void aDecoderWrittenFromThePageReadsACapturedSession() throws Exception {
        try (Site site = new Site(directory);
                Tap tap = new Tap(site)) {
            Recorder recorder = new Recorder();
            int frames = 300;
            try (Link link = new SocketTransport().connect(tap.address, site.site, recorder, Site.TIMEOUT)) {
                Site.Accepted accepted = site.nextAccepted();
                for (int number = 0; number < frames; number++) {
                    link.send(Frames.numbered(number, 12 + number * 211));
                    accepted.link().send(Frames.numbered(number, 12 + number * 7));
                }
                for (int number = 0; number < frames; number++) {
                    accepted.recorder().frames().poll(30, TimeUnit.SECONDS);
                    recorder.frames().poll(30, TimeUnit.SECONDS);
                }
            }
            recorder.closed().get(30, TimeUnit.SECONDS);

            SessionDecoder.Client client = SessionDecoder.client(tap.fromClient.get(30, TimeUnit.SECONDS));
            SessionDecoder.Host host = SessionDecoder.host(tap.fromHost.get(30, TimeUnit.SECONDS));
            assertThat(client.pass()).isEqualTo(tap.passName.get());
            assertThat(client.token()).isEqualTo(Arrays.copyOf(tap.pass.get(), 32));
            assertThat(host.token()).isEqualTo(Arrays.copyOfRange(tap.pass.get(), 32, 64));
            assertContents(client.frames(), frames, 211);
            assertContents(host.frames(), frames, 7);
        }
    }

    private static void assertContents(List<byte[]> frames, int count, int factor) {
        assertThat(frames).hasSize(count);
        for (int number = 0; number < count; number++) {
            byte[] expected = Frames.numbered(number, 12 + number * factor).array();
            assertThat(frames.get(number)).isEqualTo(Arrays.copyOfRange(expected, 4, expected.length));
        }
    }

    /** Stands between a client and a listener, and writes down what both say. */
    private static final class Tap implements AutoCloseable {
        final TransportAddress address;
        final CompletableFuture<byte[]> fromClient = new CompletableFuture<>();
        final CompletableFuture<byte[]> fromHost = new CompletableFuture<>();
        final CompletableFuture<String> passName = new CompletableFuture<>();
        final CompletableFuture<byte[]> pass = new CompletableFuture<>();
        private final ServerSocketChannel socket = Loopback.listen();
        private final Endpoint listener;
        private final Path folder;

        Tap(Site site) throws IOException {
            listener = Endpoint.parse(site.listener.address());
            folder = site.site.directory().resolve(listener.folder());
            InetSocketAddress bound = (InetSocketAddress) socket.getLocalAddress();
            address = new Endpoint(bound.getAddress(), bound.getPort(), listener.folder()).address();
            new Thread(this::run).start();
        }

        private void run() {
            try (SocketChannel client = socket.accept();
                    SocketChannel host = SocketChannel.open(listener.socketAddress())) {
                try (var passes = Files.newDirectoryStream(folder, "????????????????????????????????")) {
                    Path file = passes.iterator().next();
                    pass.complete(Files.readAllBytes(file));
                    passName.complete(file.getFileName().toString());
                }
                Thread back = new Thread(() -> copy(host, client, fromHost));
                back.start();
                copy(client, host, fromClient);
                back.join();
            } catch (IOException | InterruptedException e) {
                fromClient.completeExceptionally(e);
                fromHost.completeExceptionally(e);
            }
        }

        private static void copy(SocketChannel from, SocketChannel to, CompletableFuture<byte[]> captured) {
            ByteArrayOutputStream all = new ByteArrayOutputStream();
            ByteBuffer buffer = ByteBuffer.allocate(10_000);
            try {
                while (from.read(buffer.clear()) >= 0) {
                    all.write(buffer.array(), 0, buffer.position());
                    buffer.flip();
                    while (buffer.hasRemaining()) {
                        to.write(buffer);
                    }
                }
                to.shutdownOutput();
                captured.complete(all.toByteArray());
            } catch (IOException e) {
                captured.completeExceptionally(e);
            }
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }
}
