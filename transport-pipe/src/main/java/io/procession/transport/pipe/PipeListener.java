package io.procession.transport.pipe;

import static java.util.Objects.requireNonNull;

import io.procession.transport.LinkAcceptor;
import io.procession.transport.LinkListener;
import io.procession.transport.TransportAddress;
import io.procession.transport.TransportSite;
import io.procession.transport.gather.Remainder;
import java.io.Closeable;
import java.io.FileInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A rendezvous FIFO and the thread that reads it. */
final class PipeListener implements LinkListener {
    /** No handshake takes so long, unless its client was stopped or has died. */
    static final Duration LOST_AFTER = Duration.ofSeconds(60);

    private static final int RECORDS_BYTES = 256 * Claim.BYTES;

    private final ListenerFiles files;
    private final String siteName;
    private final LinkAcceptor acceptor;
    private final FileChannel rendezvous;
    private final PairStock stock;

    private PipeListener(
            ListenerFiles files, String siteName, LinkAcceptor acceptor, FileChannel rendezvous, PairStock stock) {
        this.files = files;
        this.siteName = siteName;
        this.acceptor = acceptor;
        this.rendezvous = rendezvous;
        this.stock = stock;
    }

    static PipeListener open(TransportSite site, LinkAcceptor acceptor, Mkfifo mkfifo, Duration lostAfter)
            throws IOException {
        ListenerFiles files = ListenerFiles.create(site);
        List<Closeable> opened = new ArrayList<>();
        try {
            List<String> names = new ArrayList<>(List.of(ListenerFiles.RENDEZVOUS, ListenerFiles.TICKETS));
            names.addAll(PairStock.firstNames());
            mkfifo.make(files.directory(), names);
            // The host is a writer itself, so it never meets end of file.
            FileChannel rendezvous = Fifo.openBoth(files.rendezvous());
            opened.add(rendezvous);
            PairStock stock = new PairStock(files, mkfifo, lostAfter, site.name());
            opened.add(stock);
            stock.issueFirst();
            PipeListener listener = new PipeListener(files, site.name(), acceptor, rendezvous, stock);
            PipeThreads.start("procession-pipe-" + site.name() + "-accept", listener::acceptAll);
            return listener;
        } catch (Throwable t) {
            for (Closeable each : opened) {
                each.close();
            }
            files.delete();
            throw t;
        }
    }

    @Override
    public TransportAddress address() {
        return files.address();
    }

    @Override
    public void close() {
        closeQuietly(rendezvous);
        closeQuietly(stock);
        try {
            files.delete();
        } catch (IOException e) {
            // What is left lies in the private directory and is swept with it.
        }
    }

    private static void closeQuietly(Closeable descriptor) {
        try {
            descriptor.close();
        } catch (IOException e) {
            // It is gone all the same, and held nothing back.
        }
    }

    private void acceptAll() {
        ByteBuffer records = ByteBuffer.allocateDirect(RECORDS_BYTES);
        List<Claim> claims = new ArrayList<>();
        try {
            while (rendezvous.read(records) >= 0) {
                records.flip();
                for (Claim claim = Claim.poll(records); claim != null; claim = Claim.poll(records)) {
                    if (claim.isAnnouncement()) {
                        stock.announce();
                    } else {
                        claims.add(claim);
                    }
                }
                records.compact();
                // Before the claims: those who wait for a ticket have a longer way to go.
                stock.replenish();
                claims.forEach(this::accept);
                claims.clear();
                stock.discardLost();
            }
        } catch (IOException e) {
            // Closed, by us or under us: in both cases nobody can be accepted any more.
        } finally {
            close();
        }
    }

    /** Whatever goes wrong here goes wrong for this one client, which meets end of file. */
    private void accept(Claim claim) {
        FifoWriter toClient = stock.claim(claim.pair());
        if (toClient == null) {
            return;
        }
        PipeLink link;
        try {
            link = open(claim, toClient);
        } catch (Throwable t) {
            closeQuietly(toClient);
            return;
        }
        try {
            link.handledBy(requireNonNull(acceptor.accept(link), "the acceptor's handler"));
        } catch (Throwable t) {
            link.discard();
            return;
        }
        try {
            PipeThreads.start(PipeThreads.name(siteName, "reader"), link::read);
            link.startHost();
        } catch (Throwable t) {
            link.fail(t);
            link.discard();
            link.read();
        }
    }

    private PipeLink open(Claim claim, FifoWriter toClient) throws IOException {
        try {
            FileInputStream in = Fifo.openReader(files.pathToHost(claim.pair()));
            try {
                int window = Math.min(Math.max(claim.windowBytes(), 0), RoomProbe.LARGE_WINDOW_BYTES);
                PipeLink link = new PipeLink(in, toClient, window, PipeThreads.name(siteName, "writer"));
                link.endsWith(Remainder.adopt(files.sendMemory(claim.pair())));
                if (!rendezvous.isOpen()) {
                    // Closed before it removes the files: the client may keep frames in one that was not found any
                    // more.
                    throw new IOException("the listener has closed");
                }
                return link;
            } catch (Throwable t) {
                in.close();
                throw t;
            }
        } finally {
            files.deletePair(claim.pair());
        }
    }
}
