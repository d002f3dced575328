package io.procession.transport.shm;

import io.procession.transport.Link;
import io.procession.transport.Transport;
import io.procession.transport.TransportAddress;
import io.procession.transport.TransportSite;
import io.procession.transport.tck.Hook;
import io.procession.transport.tck.RawPeer;
import io.procession.transport.tck.TransportFixture;
import java.io.EOFException;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;

/** Opens to the contracts what lies below the SPI. */
final class ShmFixture implements TransportFixture {
    @Override
    public Transport transport() {
        return new ShmTransport();
    }

    @Override
    public Set<Hook> hooks() {
        return EnumSet.allOf(Hook.class);
    }

    @Override
    public void abandon(Link link) {
        ((ShmLink) link).abandon();
    }

    @Override
    public RawPeer rawPeer(TransportAddress address, TransportSite site, boolean greeted, Duration timeout)
            throws IOException {
        Path socket = Path.of(address.value());
        SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket));
        if (!greeted) {
            return new SilentPeer(channel);
        }
        long family = Greeting.family(socket);
        channel.write(Greeting.hello(family));
        ByteBuffer head = read(channel, Greeting.ANSWER_HEAD_BYTES);
        ByteBuffer answer = ByteBuffer.allocate(Greeting.answerBytes(head)).put(head.rewind());
        answer.put(read(channel, answer.remaining()).rewind());
        return new CraftedPeer(channel, LinkMemory.attach(Path.of(Greeting.path(answer)), family));
    }

    private static ByteBuffer read(SocketChannel channel, int bytes) throws IOException {
        ByteBuffer read = ByteBuffer.allocate(bytes);
        while (read.hasRemaining()) {
            if (channel.read(read) < 0) {
                throw new EOFException();
            }
        }
        return read;
    }

    /** Has made contact and talks into the doorbell. */
    private record SilentPeer(SocketChannel channel) implements RawPeer {
        @Override
        public void write(ByteBuffer bytes) throws IOException {
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }
    }
}
