package io.procession.transport.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.procession.testing.Eventually;
import io.procession.testing.Guarded;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each way to get in without a pass is refused, told once, and costs the next good client nothing. */
@Guarded(seconds = 120)
class NobodyGetsInTest {
    private static final Limits IMPATIENT = new Limits(8, Duration.ofSeconds(1), 8);

    @TempDir
    Path directory;

    @Test
    void whoSpeaksAnotherLanguage() throws Exception {
        try (Site site = new Site(directory)) {
            List<String> languages =
                    List.of("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n", "\u0016\u0003\u0001", "SSH-2.0-x\r\n", "\0");
            for (String language : languages) {
                try (RawClient stranger = site.stranger()) {
                    stranger.say(StandardCharsets.ISO_8859_1.encode(language));
                    stranger.awaitRefusal();
                }
            }
            site.awaitRefusals(languages.size());
            assertThat(site.refusals)
                    .allMatch(text -> text.contains(site.listener.address().toString())
                            && text.contains("does not begin as processes of this version do"));
            site.assertServes();
        }
    }

    @Test
    void whoNamesAPassThatDoesNotExist() throws Exception {
        try (Site site = new Site(directory);
                RawClient stranger = site.stranger()) {
            stranger.say(Handshake.hello(Pass.random()));
            stranger.awaitRefusal();
            site.awaitRefusals(1);
            site.assertServes();
        }
    }

    @Test
    void whoKnowsTheNameOfAPassAndNotWhatIsInIt() throws Exception {
        try (Site site = new Site(directory);
                RawClient stranger = site.stranger()) {
            Pass pass = Pass.random();
            stranger.folder().leave(pass);
            byte[] tokens = pass.tokens().clone();
            tokens[Pass.TOKEN_BYTES - 1] ^= 1;
            stranger.say(Handshake.hello(new Pass(pass.id(), tokens)));
            stranger.awaitRefusal();
            site.awaitRefusals(1);
            assertThat(site.refusals.get(0)).contains("did not know what is in it");
            assertThat(Site.filesBelow(stranger.folder().directory()))
                    .as("the pass is used up")
                    .isEmpty();
            site.assertServes();
        }
    }

    @Test
    void whoRepeatsWhatAnotherHasSaid() throws Exception {
        try (Site site = new Site(directory);
                RawClient honest = site.stranger();
                RawClient other = site.stranger()) {
            Pass pass = Pass.random();
            honest.folder().leave(pass);
            honest.say(Handshake.hello(pass));
            site.nextAccepted();
            other.say(Handshake.hello(pass));
            other.awaitRefusal();
            site.awaitRefusals(1);
            assertThat(site.refusals.get(0)).contains("was used before");
            site.assertServes();
        }
    }

    @Test
    void whoSaysMoreThanMayBeSaid() throws Exception {
        try (Site site = new Site(directory)) {
            for (int bytes : new int[] {1, 4, 100_000}) {
                try (RawClient stranger = site.stranger()) {
                    Pass pass = Pass.random();
                    stranger.folder().leave(pass);
                    ByteBuffer tooMuch = ByteBuffer.allocate(Handshake.HELLO_BYTES + bytes)
                            .put(Handshake.hello(pass))
                            .clear();
                    try {
                        stranger.say(tooMuch);
                    } catch (IOException hungUp) {
                        continue;
                    }
                    stranger.awaitRefusal();
                }
            }
            site.awaitRefusals(3);
            site.assertServes();
        }
    }

    @Test
    void whoIsSilentIsNotWaitedFor() throws Exception {
        try (Site site = new Site(directory, IMPATIENT);
                RawClient silent = site.stranger()) {
            site.assertServes();
            silent.awaitRefusal();
            site.awaitRefusals(1);
            assertThat(site.refusals.get(0)).contains("within 1000 ms");
            site.assertServes();
        }
    }

    @Test
    void whoDripsGetsNoMoreTimeThanOthers() throws Exception {
        try (Site site = new Site(directory, IMPATIENT);
                RawClient dripping = site.stranger()) {
            Pass pass = Pass.random();
            dripping.folder().leave(pass);
            ByteBuffer hello = Handshake.hello(pass);
            dripping.say(hello.slice(0, Handshake.HELLO_BYTES - 1));
            dripping.awaitRefusal();
            site.awaitRefusals(1);
            dripping.folder().takeBack(pass);
            site.assertServes();
        }
    }

    @Test
    void whoComesByteByByteInTimeIsServed() throws Exception {
        try (Site site = new Site(directory);
                RawClient slow = site.stranger()) {
            Pass pass = Pass.random();
            slow.folder().leave(pass);
            ByteBuffer hello = Handshake.hello(pass);
            for (int at = 0; at < Handshake.HELLO_BYTES; at++) {
                slow.say(hello.slice(at, 1));
            }
            site.nextAccepted();
            assertThat(site.refusals).isEmpty();
        }
    }

    @Test
    void whoOnlyLooksWhetherThePortIsOpen() throws Exception {
        try (Site site = new Site(directory)) {
            for (int i = 0; i < 5; i++) {
                site.stranger().close();
            }
            site.awaitRefusals(5);
            assertThat(site.refusals).allMatch(text -> text.contains("hung up"));
            site.assertServes();
        }
    }

    @Test
    void aCrowdBeforeTheDoorKeepsNobodyOut() throws Exception {
        List<RawClient> crowd = new ArrayList<>();
        try (Site site = new Site(directory, new Limits(8, Duration.ofMinutes(5), 8))) {
            for (int i = 0; i < 40; i++) {
                crowd.add(site.stranger());
            }
            site.assertServes();
            crowd.get(0).awaitRefusal(); // who was there longest had to go
            Eventually.holds("a refusal is told", () -> !site.refusals.isEmpty());
            assertThat(site.refusals.get(0)).contains("more than 8 wait");
            site.assertServes();
        } finally {
            for (RawClient each : crowd) {
                each.close();
            }
        }
    }

    @Test
    void thousandsOfRefusalsAreToldInAFewLines() throws Exception {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        try (Site site = new Site(directory)) {
            for (int i = 0; i < 500; i++) {
                byte[] nonsense = new byte[1 + random.nextInt(200)];
                random.nextBytes(nonsense);
                nonsense[0] = 0;
                try (RawClient stranger = site.stranger()) {
                    stranger.say(ByteBuffer.wrap(nonsense));
                    stranger.awaitRefusal();
                }
            }
            assertThat(site.refusals).as("seed %d", seed).hasSize(Refusals.TOLD_A_MINUTE);
            site.assertServes();
        }
    }

    @Test
    void whatIsInTheDirectoryIsForTheOwnerAlone() throws Exception {
        try (Site site = new Site(directory);
                RawClient client = site.stranger()) {
            Pass pass = Pass.random();
            client.folder().leave(pass);
            Path folder = client.folder().directory();
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)))
                    .isEqualTo("rwx------");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve(pass.name()))))
                    .isEqualTo("rw-------");
            client.folder().takeBack(pass);
            assertThat(site.listener.address().value()).doesNotContain(pass.name());
        }
    }

    @Test
    void noOtherInterfaceHasThePort() throws Exception {
        try (Site site = new Site(directory)) {
            int port = Endpoint.parse(site.listener.address()).port();
            List<InetAddress> others = NetworkInterface.networkInterfaces()
                    .flatMap(NetworkInterface::inetAddresses)
                    .filter(address -> address instanceof Inet4Address && !address.isLoopbackAddress())
                    .toList();
            for (InetAddress other : others) {
                assertThatExceptionOfType(IOException.class)
                        .as("%s", other)
                        .isThrownBy(() -> SocketChannel.open(new InetSocketAddress(other, port))
                                .close());
            }
            site.assertServes();
        }
    }
}
