package io.procession.transport.pipe;

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
import java.io.File;
import java.io.IOException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.TimeoutException;

/**
 * The transport {@code pipe}: POSIX named pipes (FIFOs) between processes of one host, with nothing needed but the program {@code mkfifo}.
 *
 * <p>Who may connect is decided by the private directory (0700) and the FIFOs in it (0600). Files exist only while a side is still to
 * be opened; an accepted link has none. The end of a process, however it ended, ends its links at once; what it had handed to the
 * kernel still arrives. A link costs two descriptors and one thread, a second thread once it had to queue.
 *
 * <p>Not available on Windows, which has no FIFOs in the file system, and where {@code mkfifo} is missing. The program is looked for in the system
 * property {@value Mkfifo#PROPERTY}, or else on the {@code PATH}, in {@code /usr/bin} and in {@code /bin}.
 *
 * @see <a href="https://man7.org/linux/man-pages/man7/fifo.7.html">fifo(7)</a>
 * @see <a href="https://man7.org/linux/man-pages/man7/pipe.7.html">pipe(7)</a>
 */
public final class PipeTransport implements Transport {
    static final String ID = "pipe";

    /** Creates the provider; does nothing else. */
    public PipeTransport() {}

    @Override
    public String id() {
        return ID;
    }

    @Override
    public Availability availability() {
        if (File.separatorChar == '\\') {
            return Availability.refused("Windows has no FIFOs in its file system; use the transport shm or socket");
        }
        if (Mkfifo.find().isEmpty()) {
            return Availability.refused(Mkfifo.missing()
                    + "; install the package that has it (coreutils, or busybox) or use the transport shm or socket");
        }
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
        Mkfifo mkfifo = Mkfifo.find().orElseThrow(() -> new IOException("cannot listen: " + Mkfifo.missing()));
        return PipeListener.open(site, acceptor, mkfifo, PipeListener.LOST_AFTER);
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
}
