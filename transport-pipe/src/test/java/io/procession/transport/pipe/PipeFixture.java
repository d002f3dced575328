package io.procession.transport.pipe;

import io.procession.transport.Link;
import io.procession.transport.Transport;
import io.procession.transport.TransportAddress;
import io.procession.transport.TransportSite;
import io.procession.transport.tck.Hook;
import io.procession.transport.tck.RawPeer;
import io.procession.transport.tck.TransportFixture;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;

/** Opens to the contracts what lies below the SPI. */
final class PipeFixture implements TransportFixture {
    @Override
    public Transport transport() {
        return new PipeTransport();
    }

    @Override
    public Set<Hook> hooks() {
        return EnumSet.allOf(Hook.class);
    }

    @Override
    public void abandon(Link link) {
        ((PipeLink) link).abandon();
    }

    @Override
    public RawPeer rawPeer(TransportAddress address, TransportSite site, boolean greeted, Duration timeout)
            throws IOException {
        ListenerFiles files = ListenerFiles.of(address);
        FileChannel rendezvous = Fifo.openBoth(files.rendezvous());
        if (!greeted) {
            return peer(rendezvous, rendezvous);
        }
        try (rendezvous) {
            return handshake(files, rendezvous);
        }
    }

    private static RawPeer handshake(ListenerFiles files, FileChannel rendezvous) throws IOException {
        ByteBuffer ticket = ByteBuffer.allocateDirect(PairStock.TICKET_BYTES);
        try (FileChannel tickets = Fifo.openReader(files.tickets()).getChannel()) {
            rendezvous.write(Claim.ANNOUNCEMENT.encode());
            tickets.read(ticket);
        }
        long pair = ticket.getLong(0);
        Path toHost = files.pathToHost(pair);
        FileChannel keeper = Fifo.openBoth(toHost);
        FileChannel out = FileChannel.open(toHost, StandardOpenOption.WRITE);
        FileChannel in = Fifo.openReader(files.pathToClient(pair)).getChannel();
        rendezvous.write(new Claim(pair, RoomProbe.SMALL_WINDOW_BYTES).encode());
        ByteBuffer greeting = ByteBuffer.allocateDirect(8);
        while (greeting.hasRemaining() && in.read(greeting) >= 0) {
            // until the host has opened its end
        }
        keeper.close();
        return peer(out, in);
    }

    private static RawPeer peer(FileChannel out, FileChannel in) {
        return new RawPeer() {
            @Override
            public void write(ByteBuffer bytes) throws IOException {
                while (bytes.hasRemaining()) {
                    out.write(bytes);
                }
            }

            @Override
            public void close() throws IOException {
                out.close();
                in.close();
            }
        };
    }
}
