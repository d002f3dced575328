package io.procession.transport.shm;

import static java.util.Objects.requireNonNull;

import io.procession.transport.Availability;
import io.procession.transport.Capability;
import io.procession.transport.Link;
import io.procession.transport.LinkAcceptor;
import io.procession.transport.LinkHandler;
import io.procession.transport.LinkListener;
import io.procession.transport.Transport;
import io.procession.transport.TransportAddress;
import io.procession.transport.TransportSite;
import io.procession.transport.queue.QueueProvider;
import io.procession.transport.queue.QueueSite;
import io.procession.transport.queue.QueueSpace;
import io.procession.transport.shm.queue.MemoryQueues;
import java.io.IOException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.TimeoutException;

/**
 * The transport {@code shm}: links through files that both processes map, in pure Java, with a Unix-domain socket to wake who sleeps.
 *
 * <p>A link is two rings in one file of mode 0600, on a memory file system where there is one, else in the private directory; its name is gone as soon as both
 * sides have mapped it. Large frames go through segments that are made when they are needed. All links of a process share one thread, which
 * looks at them for some microseconds after each message (with more than one core) and then sleeps. The end of a process, however it ended, ends its links
 * at once; what it had written still arrives.
 *
 * <p>System properties, read by who listens: {@value ShmSettings#RING_BYTES}, the size of each of the two rings (a power of two, 262144 unless given; half of it is the
 * largest frame); {@value ShmSettings#SEGMENTS}, how many segments of that half each direction may have (0 to 64, 8 unless given);
 * {@value ShmSettings#RESERVED_SEGMENTS}, how many of these are made with the link (0 unless given); {@value ShmSettings#DIRECTORY}, where the files lie.
 *
 * <p>A full file system is an {@link IOException} for who makes a link, with the place, the sizes and these options in its text, and never a fault. Large frames of a link
 * that has no segment and can get none go through the ring, slower, as long as the file system is full; with at least one reserved segment each direction always has one.
 *
 * <p>Offers queues in shared memory ({@code QueuePlacement.SHARED}) where there is the program {@code mkfifo}, on the PATH, in {@code /usr/bin} or {@code /bin}, or named by the system property {@code procession.shm.mkfifo}.
 * In each of them every process keeps up to {@value ShmSettings#QUEUE_SEGMENT_BYTES} (0 to 1 GiB, 16 MiB unless the queue's owner says otherwise) for its items that are larger than a cell.
 *
 * <p>Who may connect is decided by directories that only their owner can enter. Other processes of the same user could scribble on the memory or
 * truncate a file, which ends the JVM that touches it; that is out of scope. Tested on Linux; expected to work on macOS and Windows, untested.
 */
public final class ShmTransport implements Transport, QueueProvider {
    static final String ID = "shm";

    /** Creates the provider; does nothing else. */
    public ShmTransport() {}

    @Override
    public String id() {
        return ID;
    }

    @Override
    public Availability availability() {
        return Availability.available();
    }

    @Override
    public Set<Capability> capabilities() {
        return EnumSet.allOf(Capability.class);
    }

    @Override
    public LinkListener listen(TransportSite site, LinkAcceptor acceptor) throws IOException {
        requireNonNull(site, "site");
        requireNonNull(acceptor, "acceptor");
        return ShmListener.open(site, acceptor);
    }

    @Override
    public Link connect(TransportAddress address, TransportSite site, LinkHandler handler, Duration timeout)
            throws IOException, InterruptedException, TimeoutException {
        requireNonNull(address, "address");
        requireNonNull(site, "site");
        requireNonNull(handler, "handler");
        Transport.checkTimeout(timeout);
        if (!address.transport().equals(ID)) {
            throw new IllegalArgumentException("not an address of the transport " + ID + ": " + address);
        }
        return ConnectAttempt.connect(address, site, handler, timeout);
    }

    @Override
    public Availability queueAvailability() {
        return MemoryQueues.availability();
    }

    @Override
    public QueueSpace openQueues(QueueSite site) throws IOException {
        return new MemoryQueues(
                site,
                MemoryPlace.of(
                        site.site().directory().toAbsolutePath(), site.site().name()),
                ShmSettings.queueSegmentBytes());
    }
}
