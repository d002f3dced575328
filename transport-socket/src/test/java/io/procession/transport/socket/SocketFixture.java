package io.procession.transport.socket;

import io.procession.transport.Link;
import io.procession.transport.Transport;
import io.procession.transport.TransportAddress;
import io.procession.transport.TransportSite;
import io.procession.transport.tck.Hook;
import io.procession.transport.tck.RawPeer;
import io.procession.transport.tck.TransportFixture;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;

/** Opens to the contracts what lies below the SPI. */
final class SocketFixture implements TransportFixture {
    private final Limits limits;

    SocketFixture(Limits limits) {
        this.limits = limits;
    }

    @Override
    public Transport transport() {
        return new SocketTransport(limits);
    }

    @Override
    public Set<Hook> hooks() {
        return EnumSet.allOf(Hook.class);
    }

    @Override
    public void abandon(Link link) {
        ((SocketLink) link).abandon();
    }

    @Override
    public RawPeer rawPeer(TransportAddress address, TransportSite site, boolean greeted, Duration timeout)
            throws IOException {
        RawClient client = new RawClient(address, site.directory());
        if (greeted) {
            client.shakeHands();
        }
        return new Peer(client.channel());
    }

    private record Peer(SocketChannel channel) implements RawPeer {
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
