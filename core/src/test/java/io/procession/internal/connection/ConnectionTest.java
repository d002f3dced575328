package io.procession.internal.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.procession.internal.codec.Codec;
import io.procession.internal.codec.EncodeTarget;
import io.procession.internal.codec.Encoded;
import io.procession.transport.Link;
import io.procession.transport.LinkHandler;
import io.procession.transport.TransportAddress;
import io.procession.transport.testing.InMemoryTransport;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class ConnectionTest {
    private static final Duration LONG = Duration.ofSeconds(20);

    private final SimulatedProcess host = new SimulatedProcess("host", new InMemoryTransport(4 << 10, 16 << 10));
    private final SimulatedProcess client = new SimulatedProcess("client", new InMemoryTransport(4 << 10, 16 << 10));
    private final Collected atHost = new Collected();
    private final Collected atClient = new Collected();

    ConnectionTest() {
        for (Kind kind : List.of(Kind.TASK, Kind.RESULT)) {
            host.connections.handle(kind, atHost);
            client.connections.handle(kind, atClient);
        }
    }

    @AfterEach
    void close() {
        host.close();
        client.close();
    }

    private Connection connect() throws Exception {
        return client.connections.connect(host.connections.listen(null).address(), LONG);
    }

    private static ByteBuffer random(int bytes) {
        byte[] content = new byte[bytes];
        new Random(bytes).nextBytes(content);
        return ByteBuffer.wrap(content);
    }

    @Test
    void whoEncodesIsToldWhatThePeerHas() throws Exception {
        assertThat(connect().target())
                .isEqualTo(new EncodeTarget(host.connections.self().toString(), Set.of(InMemoryTransport.ID)));
    }

    @Test
    void ofAPeerWithMoreTransportsThanAHandshakeHoldsNoneCountsAsMissing() {
        Set<String> many = IntStream.range(0, 20).mapToObj(i -> "t" + i).collect(Collectors.toSet());

        assertThat(Hello.tellsAll(heard(many))).isFalse();
        assertThat(Hello.tellsAll(heard(Set.of("pipe", "shm")))).isTrue();
    }

    private static Peer heard(Set<String> transports) {
        try {
            return Hello.decode(new Hello(new Peer(1, 1, "many", transports), 0).encode())
                    .self();
        } catch (ProtocolException e) {
            throw new AssertionError(e);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 4079, 4080, 4081, 8191, 16384, 16385, 100_000, 5_000_000})
    void messagesOfAnySizeArriveAsTheyWere(int bytes) throws Exception {
        Connection connection = connect();
        ByteBuffer content = random(bytes);
        ByteBuffer one = content.duplicate().limit(bytes / 3);
        ByteBuffer other = content.duplicate().position(bytes / 3);
        connection.send(Kind.TASK, 7, one, ByteBuffer.allocate(0), other).await();
        Collected.Message message = atHost.next();
        assertThat(message.kind()).isEqualTo(Kind.TASK);
        assertThat(message.id()).isEqualTo(7);
        assertThat(message.payload()).isEqualTo(content);
        assertThat(message.connection().peer().name()).isEqualTo("client");
        message.connection().send(Kind.RESULT, 8, message.payload()).await();
        assertThat(atClient.next().payload()).isEqualTo(content);
    }

    @Test
    void smallMessagesKeepTheirOrderAndOvertakeALargeOne() throws Exception {
        Connection connection = connect();
        connection.send(Kind.TASK, 0).await();
        Link link = atHost.next().connection().link();
        link.pause(); // until all are sent
        Sent large = connection.send(Kind.TASK, 1, random(3_000_000));
        for (int i = 2; i <= 200; i++) {
            connection.send(Kind.TASK, i, random(i));
        }
        link.resume();
        large.await();
        List<Long> ids = new ArrayList<>();
        for (int i = 1; i <= 200; i++) {
            ids.add(atHost.next().id());
        }
        assertThat(ids.get(0)).isEqualTo(2);
        ids.remove(1L);
        assertThat(ids).isSorted();
    }

    @Test
    void largeMessagesTakeTurns() throws Exception {
        Connection connection = connect();
        for (int i = 1; i <= 10; i++) {
            connection.send(Kind.TASK, i, random(200_000 + i));
        }
        for (int i = 1; i <= 10; i++) {
            Collected.Message message = atHost.next();
            assertThat(message.payload()).isEqualTo(random(200_000 + (int) message.id()));
        }
    }

    @Test
    void shapesAreAnnouncedOnceAndBeforeTheMessageThatNeedsThem() throws Exception {
        try (RawHost raw = new RawHost()) {
            Connection connection = client.connections.connect(raw.address, LONG);
            io.procession.task.TaskFunction<Integer, Integer> function = number -> number + 1;
            for (long id = 1; id <= 2; id++) {
                Encoded task = Codec.standard().encode(function);
                assertThat(task.shapes()).isNotEmpty();
                connection.send(Kind.TASK, id, ByteBuffer.allocate(3), task).await();
            }
            assertThat(raw.kind()).isEqualTo(5);
            assertThat(raw.kind()).isEqualTo(17);
            assertThat(raw.kind()).isEqualTo(17);
        }
    }

    @Test
    void aLambdaDecodesWithTheShapesOfItsConnection() throws Exception {
        int captured = 41;
        io.procession.task.Task<Integer> task = () -> captured + 1;
        connect().send(Kind.TASK, 1, ByteBuffer.allocate(0), Codec.standard().encode(task));
        Collected.Message message = atHost.next();
        Object decoded =
                Codec.standard().decode(message.payload(), message.connection().shapes());
        assertThat(((io.procession.task.Task<?>) decoded).call()).isEqualTo(42);
    }

    @Test
    void aReceiptWaitsUntilTheMessageIsInTheKernel() throws Exception {
        try (RawHost raw = new RawHost()) {
            Connection connection = client.connections.connect(raw.address, LONG);
            raw.link().pause();
            connection.send(Kind.TASK, 1, random(100_000));
            Sent sent = connection.send(Kind.TASK, 2, random(100_000));
            assertThat(sent.await(Duration.ofMillis(50))).isFalse();
            assertThat(sent.isWritten()).isFalse();
            raw.link().resume();
            sent.await();
            assertThat(sent.isWritten()).isTrue();
        }
    }

    @Test
    void aMessageWithdrawnHalfwayNeverArrivesAndItsMemoryIsFreeAtTheOtherSide() throws Exception {
        Connection connection = connect();
        CountDownLatch hold = new CountDownLatch(1);
        connection.send(Kind.TASK, 1, random(10)).await();
        Link link = atHost.next().connection().link();
        link.pause();
        for (int round = 0; round < 3; round++) {
            Sent large = connection.send(Kind.TASK, 2 + round, random(900 << 20 >> 4));
            assertThat(large.withdraw()).isTrue();
            assertThat(large.withdraw()).isTrue();
        }
        Sent after = connection.send(Kind.TASK, 9, random(100));
        link.resume();
        after.await();
        assertThat(atHost.next().id()).isEqualTo(9);
        assertThat(after.withdraw()).isFalse();
        hold.countDown();
    }

    @Test
    void whoSendsWithoutWaitingCanWaitForRoom() throws Exception {
        Connection connection = connect();
        connection.send(Kind.TASK, 1, random(10)).await();
        Link link = atHost.next().connection().link();
        link.pause();
        assertThat(connection.awaitRoom(Duration.ofMillis(1))).isTrue();
        connection.send(Kind.TASK, 2, random(5 << 20));
        assertThat(connection.awaitRoom(Duration.ofMillis(20))).isFalse();
        CompletableFuture<Boolean> room = CompletableFuture.supplyAsync(() -> {
            try {
                return connection.awaitRoom(LONG);
            } catch (InterruptedException e) {
                return false;
            }
        });
        link.resume();
        assertThat(room.get(20, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void connectionsAreSharedInBothDirections() throws Exception {
        Connection connection = connect();
        assertThat(connect()).isSameAs(connection);
        connection.send(Kind.TASK, 1).await();
        Connection back = atHost.next().connection();
        TransportAddress address = client.connections.listen(null).address();
        assertThat(host.connections.connect(address, client.incarnation(), LONG))
                .isSameAs(back);
    }

    @Test
    void manyThreadsThatConnectAtOnceShareOneConnection() throws Exception {
        TransportAddress address = host.connections.listen(null).address();
        List<CompletableFuture<Connection>> all = new ArrayList<>();
        for (int i = 0; i < 16; i++) {
            CompletableFuture<Connection> future = new CompletableFuture<>();
            all.add(future);
            new Thread(() -> {
                        try {
                            future.complete(client.connections.connect(address, LONG));
                        } catch (Exception e) {
                            future.completeExceptionally(e);
                        }
                    })
                    .start();
        }
        for (CompletableFuture<Connection> future : all) {
            assertThat(future.get(20, TimeUnit.SECONDS)).isSameAs(all.get(0).get());
        }
    }

    @Test
    void aPeerThatIsNotTheOneMeantIsRefused() throws Exception {
        TransportAddress address = host.connections.listen(null).address();
        assertThatThrownBy(() -> client.connections.connect(address, 4711, LONG))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(
                        "the process that listened here has ended; now it is host (pid " + host.incarnation());
    }

    @Test
    void everythingWrittenArrivesBeforeTheEndOfADeadPeer() throws Exception {
        Connection connection = connect();
        for (int i = 1; i <= 100; i++) {
            connection.send(Kind.TASK, i, random(1000)).await();
        }
        client.abandon();
        Collected.End end = atHost.end();
        assertThat(end.messagesBefore()).isEqualTo(100);
        assertThat(end.cause()).isNull();
        assertThat(end.connection().peerSaidGoodbye()).isFalse();
        assertThat(host.connections.drained(client.incarnation())).succeedsWithin(LONG);
    }

    @Test
    void aPeerThatDiesInTheMiddleOfALargeMessageLeavesNothing() throws Exception {
        Connection connection = connect();
        connection.send(Kind.TASK, 1).await();
        Connection back = atHost.next().connection();
        back.link().pause();
        Sent large = connection.send(Kind.TASK, 2, random(1 << 20));
        client.abandon();
        back.link().resume();
        assertThat(atHost.end().messagesBefore()).isEqualTo(1);
        assertThat(large.isWritten()).isFalse();
    }

    @Test
    void receiptsFailWhenTheOtherProcessEnds() throws Exception {
        Connection connection = connect();
        connection.send(Kind.TASK, 1).await();
        atHost.next().connection().link().pause();
        Sent large = connection.send(Kind.TASK, 2, random(1 << 20));
        host.abandon();
        assertThatThrownBy(large::await).isInstanceOf(IOException.class).hasMessageContaining("host (pid");
        atClient.end();
        await().until(connection::isEnded);
        assertThatThrownBy(() -> connection.send(Kind.TASK, 3).await()).isInstanceOf(IOException.class);
        assertThat(connection.awaitRoom(LONG)).isTrue();
    }

    @Test
    void closingWritesOutWhatWasSentAndSaysGoodbye() throws Exception {
        Connection connection = connect();
        Sent large = connection.send(Kind.TASK, 1, random(1 << 20));
        connection.close(LONG);
        assertThat(large.isWritten()).isTrue();
        assertThat(atHost.next().payload().remaining()).isEqualTo(1 << 20);
        assertThat(atHost.end().connection().peerSaidGoodbye()).isTrue();
        connection.close(LONG);
    }

    @Test
    void closeIsBoundedWhenThePeerReadsNothing() throws Exception {
        Connection connection = connect();
        connection.send(Kind.TASK, 1).await();
        Link link = atHost.next().connection().link();
        link.pause();
        connection.send(Kind.TASK, 2, random(1 << 20));
        connection.close(Duration.ofMillis(20));
        await().until(connection::isEnded);
        link.resume();
    }

    @Test
    void drainedIsAtOnceForAStrangerAndWaitsForAFriend() throws Exception {
        assertThat(host.connections.drained(4711)).isCompleted();
        connect().send(Kind.TASK, 1).await();
        atHost.next();
        CompletableFuture<@Nullable Void> drained = host.connections.drained(client.incarnation());
        assertThat(drained).isNotDone();
        client.abandon();
        assertThat(drained).succeedsWithin(LONG);
    }

    @Test
    void aFrameAgainstTheProtocolEndsTheConnectionAndNothingElse() throws Exception {
        try (RawClient raw = new RawClient(host.connections.listen(null).address())) {
            raw.send(ByteBuffer.allocate(20)
                    .putInt(20)
                    .put((byte) 17)
                    .put((byte) 3)
                    .putShort((short) 0)
                    .putLong(1));
            assertThat(raw.closed).succeedsWithin(LONG);
        }
        connect().send(Kind.TASK, 1).await();
        assertThat(atHost.next().id()).isEqualTo(1);
    }

    @Test
    void aLengthIsCheckedBeforeMemoryIsTaken() throws Exception {
        try (RawClient raw = new RawClient(host.connections.listen(null).address())) {
            raw.hello();
            raw.send(ByteBuffer.allocate(32)
                    .putInt(32)
                    .put((byte) 17)
                    .put((byte) 3)
                    .putShort((short) 0)
                    .putLong(1)
                    .putLong(Long.MAX_VALUE));
            assertThat(raw.closed).succeedsWithin(LONG);
            assertThat(atHost.end().cause()).hasMessageContaining("bytes are under way");
        }
    }

    @Test
    void anotherWireVersionIsRefusedWithWhatToDo() throws Exception {
        try (RawClient raw = new RawClient(host.connections.listen(null).address())) {
            ByteBuffer hello = raw.helloFrame();
            hello.putInt(20, 99);
            raw.send(hello.position(hello.limit()));
            ByteBuffer refusal = raw.frames.poll(20, TimeUnit.SECONDS);
            assertThat(refusal.get(4)).isEqualTo((byte) 3);
            assertThat(new String(refusal.array(), 16, refusal.limit() - 16))
                    .contains("wire version 99")
                    .contains("same release");
        }
    }

    /** A client that speaks frames by hand. */
    private class RawClient implements LinkHandler, AutoCloseable {
        final CompletableFuture<@Nullable Void> closed = new CompletableFuture<>();
        final LinkedBlockingQueue<ByteBuffer> frames = new LinkedBlockingQueue<>();
        final Link link;

        RawClient(TransportAddress address) throws Exception {
            link = client.transport.connect(
                    address, new io.procession.transport.TransportSite(java.nio.file.Path.of("x"), "raw"), this, LONG);
        }

        ByteBuffer helloFrame() {
            ByteBuffer hello = new Hello(client.connections.self(), 0).encode();
            ByteBuffer frame = ByteBuffer.allocate(16 + hello.remaining());
            FrameHeader.put(frame, frame.capacity(), Kind.HELLO, 0, 0);
            return frame.put(hello).flip();
        }

        void hello() {
            link.send(helloFrame());
        }

        void send(ByteBuffer frame) {
            link.send(frame.position(frame.getInt(0)).flip());
        }

        @Override
        public void onFrame(Link from, ByteBuffer frame) {
            frames.add(ByteBuffer.allocate(frame.remaining()).put(frame).flip());
        }

        @Override
        public void onWritten(Link to, long position) {}

        @Override
        public void onClosed(Link ended, @Nullable Throwable cause) {
            closed.complete(null);
        }

        @Override
        public void close() {
            link.close();
        }
    }

    /** A host that keeps the kinds of the frames it gets after the handshake. */
    private final class RawHost implements AutoCloseable {
        final LinkedBlockingQueue<Integer> kinds = new LinkedBlockingQueue<>();
        final CompletableFuture<Link> accepted = new CompletableFuture<>();
        final io.procession.transport.LinkListener listener;
        final TransportAddress address;

        RawHost() throws Exception {
            listener = host.transport.listen(
                    new io.procession.transport.TransportSite(java.nio.file.Path.of("x"), "raw"), link -> {
                        accepted.complete(link);
                        return new Frames();
                    });
            address = listener.address();
        }

        Link link() throws Exception {
            return accepted.get(20, TimeUnit.SECONDS);
        }

        int kind() throws Exception {
            return kinds.poll(20, TimeUnit.SECONDS);
        }

        @Override
        public void close() {
            listener.close();
            accepted.thenAccept(Link::close);
        }

        private final class Frames implements LinkHandler {
            @Override
            public void onFrame(Link link, ByteBuffer frame) {
                if (frame.get(frame.position() + 4) == 1) {
                    ByteBuffer welcome = new Hello(host.connections.self(), 0).encode();
                    ByteBuffer answer = ByteBuffer.allocate(16 + welcome.remaining());
                    FrameHeader.put(answer, answer.capacity(), Kind.WELCOME, 0, 0);
                    link.send(answer.put(welcome).flip());
                } else {
                    kinds.add((int) frame.get(frame.position() + 4));
                }
            }

            @Override
            public void onWritten(Link link, long position) {}

            @Override
            public void onClosed(Link link, @Nullable Throwable cause) {}
        }
    }
}
