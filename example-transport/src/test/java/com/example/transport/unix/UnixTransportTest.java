package com.example.transport.unix;

import io.procession.transport.Link;
import io.procession.transport.Transport;
import io.procession.transport.TransportAddress;
import io.procession.transport.TransportSite;
import io.procession.transport.tck.Hook;
import io.procession.transport.tck.RawPeer;
import io.procession.transport.tck.TransportContract;
import io.procession.transport.tck.TransportFixture;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;

// region contract
/** Unix-domain sockets keep the contract of all transports. */
class UnixTransportTest extends TransportContract {
    @Override
    protected TransportFixture fixture() {
        return new UnixSockets();
    }

    private static final class UnixSockets implements TransportFixture {
        @Override
        public Transport transport() {
            return new UnixTransport();
        }

        @Override
        public Set<Hook> hooks() {
            return EnumSet.allOf(Hook.class);
        }

        @Override
        public void abandon(Link link) {
            ((UnixLink) link).abandon();
        }

        @Override
        public RawPeer rawPeer(TransportAddress address, TransportSite site, boolean greeted, Duration timeout)
                throws IOException {
            SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(address.value()));
            if (greeted) {
                Greeting.send(channel);
                Greeting.receive(channel);
            }
            return new RawSocket(channel);
        }
    }
}
// endregion

/** A peer that writes what it likes. */
record RawSocket(SocketChannel channel) implements RawPeer {
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
