package io.procession.transport.testing;

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
import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The transport {@code memory}: links between places of one JVM, with a bounded buffer between them as a kernel would have.
 *
 * <p>All instances of one class loader reach each other. An instance stands for a process: {@link #abandon()} does to its links and listeners what
 * the death of a process would do. Each end of a link has one daemon thread, each listener has one, and they end with it.
 */
public final class InMemoryTransport implements Transport {
    /** The id of this transport. */
    public static final String ID = "memory";

    private static final ConcurrentHashMap<String, InMemoryListener> LISTENERS = new ConcurrentHashMap<>();
    private static final AtomicLong NUMBERS = new AtomicLong();

    private final int maxFrameBytes;
    private final int channelBytes;
    private final Set<Abandonable> open = ConcurrentHashMap.newKeySet();
    private final AtomicLong untilStall = new AtomicLong(Long.MAX_VALUE);

    /** Frames of up to 64 KiB, and 256 KiB between sender and receiver. */
    public InMemoryTransport() {
        this(64 << 10, 256 << 10);
    }

    /**
     * A transport of other sizes, which hold for the links of the listeners it opens.
     *
     * @param maxFrameBytes the largest frame, at least 4 KiB
     * @param channelBytes what fits between sender and receiver in each direction, at least one frame
     */
    public InMemoryTransport(int maxFrameBytes, int channelBytes) {
        if (maxFrameBytes < 4 << 10 || channelBytes < maxFrameBytes) {
            throw new IllegalArgumentException(
                    "frames of " + maxFrameBytes + " bytes (at least 4096) in a channel of " + channelBytes);
        }
        this.maxFrameBytes = maxFrameBytes;
        this.channelBytes = channelBytes;
    }

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
        return Set.of();
    }

    @Override
    public LinkListener listen(TransportSite site, LinkAcceptor acceptor) {
        requireNonNull(acceptor, "acceptor");
        String place = ProcessHandle.current().pid() + "/" + site.name() + "/" + NUMBERS.incrementAndGet();
        InMemoryListener listener = new InMemoryListener(this, place, site.name(), acceptor);
        LISTENERS.put(place, listener);
        opened(listener);
        listener.start();
        return listener;
    }

    @Override
    public Link connect(TransportAddress address, TransportSite site, LinkHandler handler, Duration timeout)
            throws IOException, InterruptedException, TimeoutException {
        requireNonNull(handler, "handler");
        requireNonNull(site, "site");
        if (!address.transport().equals(ID)) {
            throw new IllegalArgumentException(address + " is not an address of transport " + ID);
        }
        Transport.checkTimeout(timeout);
        if (Thread.interrupted()) {
            throw new InterruptedException("interrupted before connecting to " + address);
        }
        InMemoryListener listener = LISTENERS.get(address.value());
        if (listener == null) {
            throw new IOException("nobody listens at " + address + " in this JVM");
        }
        return listener.request(new InMemoryRequest(this, site.name(), handler)).await(address, timeout);
    }

    /**
     * Ends all links and listeners of this instance as the death of its process would: nothing is called on this side any more;
     * the other side receives what was written, then the end.
     */
    public void abandon() {
        open.forEach(Abandonable::abandon);
    }

    /**
     * Ends one end of a link as the death of its process would.
     *
     * @param link an end of a link of this transport
     */
    public static void abandon(Link link) {
        ((InMemoryLink) link).abandon();
    }

    /**
     * Lets the links of this instance send only so many frames more, and keeps those that follow, as if its process were stopped in the middle of them: for a test that ends it
     * there.
     *
     * @param frames how many frames are sent, over all links together
     */
    public void stallAfter(int frames) {
        untilStall.set(frames);
    }

    /** Whether all frames are sent that {@link #stallAfter(int)} had left. */
    public boolean isStalled() {
        return untilStall.get() == 0;
    }

    boolean maySend() {
        return untilStall.get() > 0;
    }

    void sent() {
        untilStall.updateAndGet(left -> left == Long.MAX_VALUE ? left : Math.max(0, left - 1));
    }

    int maxFrameBytes() {
        return maxFrameBytes;
    }

    int channelBytes() {
        return channelBytes;
    }

    void opened(Abandonable what) {
        open.add(what);
    }

    void ended(Abandonable what) {
        open.remove(what);
    }

    static void unregister(String place) {
        LISTENERS.remove(place);
    }

    /** Something that would vanish with its process. */
    interface Abandonable {
        void abandon();
    }
}
