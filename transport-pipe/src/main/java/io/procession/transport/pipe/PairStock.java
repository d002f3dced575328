package io.procession.transport.pipe;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * Pairs of FIFOs made ahead, and the tickets by which clients take them. Replenished by a thread that lives while there is something to
 * make, so that who accepts does not wait for {@code mkfifo}.
 *
 * <p>A client announces itself before it takes a ticket, so the tickets ever issued have only to stay ahead of the announcements. If pairs
 * cannot be made, each client that waits for a ticket gets a refusal in its place.
 */
final class PairStock implements Closeable {
    static final int TICKET_BYTES = Long.BYTES;
    /** A ticket that says that there will be none. */
    static final long REFUSAL = -1;

    private static final int SPARE = 2;
    private static final int SMALLEST_BATCH = 8;
    private static final int LARGEST_BATCH = 64;
    /** Announcements of clients that died before they took their ticket do not fill the FIFO. */
    private static final int MOST_TICKETS = 256;

    private static final long CLOSE_LIMIT_MILLIS = 5_000;

    private final ListenerFiles files;
    private final Mkfifo mkfifo;
    private final long lostAfterNanos;
    private final String siteName;
    private final FifoWriter tickets;
    private final Map<Long, Pair> pairs = new HashMap<>();
    /** Issued, and not known to be taken. */
    private final Queue<Long> untaken = new ArrayDeque<>();

    private int batch = SMALLEST_BATCH;
    /** Written under the monitor, by one thread at a time. */
    private long lastPair;

    private long announced;
    private long issued;
    private boolean making;
    private boolean closed;

    /**
     * Opens the stock of a listener whose FIFOs for the rendezvous and the tickets exist.
     *
     * @param lostAfter how long after its ticket was taken a pair is given up if nobody claims it
     */
    PairStock(ListenerFiles files, Mkfifo mkfifo, Duration lostAfter, String siteName) throws IOException {
        this.files = files;
        this.mkfifo = mkfifo;
        this.lostAfterNanos = lostAfter.toNanos();
        this.siteName = siteName;
        this.tickets = FifoWriter.open(files.tickets());
    }

    /** The names of the pairs to be made with the listener itself. */
    static List<String> firstNames() {
        return names(1, SMALLEST_BATCH);
    }

    /** Opens and issues the pairs made with the listener. */
    synchronized void issueFirst() throws IOException {
        lastPair = SMALLEST_BATCH;
        issue(1, SMALLEST_BATCH);
    }

    synchronized void announce() {
        announced++;
    }

    /** The end to the client of a pair that was opened by one; null if the ticket was not ours or is too old. */
    synchronized @Nullable FifoWriter claim(long pair) {
        Pair claimed = pairs.remove(pair);
        return claimed == null ? null : claimed.toClient;
    }

    /** Sees to it that there will be enough; does not block. */
    synchronized void replenish() throws IOException {
        if (!closed && !making && missing() > 0) {
            making = true;
            try {
                PipeThreads.start(PipeThreads.name(siteName, "mkfifo"), this::makePairs);
            } catch (Throwable t) {
                making = false;
                refuseWaiting();
            }
        }
    }

    /** Gives up pairs whose client took the ticket, and died. To be called when all claims that have arrived were heard. */
    synchronized void discardLost() throws IOException {
        if (closed) {
            return;
        }
        long now = System.nanoTime();
        for (int left = unreadTickets(); untaken.size() > left; ) {
            Pair pair = pairs.get(untaken.remove());
            if (pair != null) {
                pair.takenAtNanos = now;
                pair.taken = true;
            }
        }
        for (Pair pair : List.copyOf(pairs.values())) {
            if (pair.taken && now - pair.takenAtNanos > lostAfterNanos) {
                pairs.remove(pair.number);
                pair.toClient.close();
                files.deletePair(pair.number);
            }
        }
    }

    private int unreadTickets() throws IOException {
        return tickets.unreadBytes() / TICKET_BYTES;
    }

    private long missing() throws IOException {
        return unreadTickets() < MOST_TICKETS ? announced + SPARE - issued : 0;
    }

    private void makePairs() {
        try {
            for (int count = nextBatch(); count > 0; count = nextBatch()) {
                long first = lastPair - count + 1;
                mkfifo.make(files.directory(), names(first, count));
                issueUnlessClosed(first, count);
            }
        } catch (Throwable t) {
            refuse();
        }
    }

    /** How many pairs to make, numbered up to {@link #lastPair}; 0 ends the thread, so the next to miss some starts another. */
    private synchronized int nextBatch() throws IOException {
        long missing = closed ? 0 : missing();
        if (missing <= 0) {
            making = false;
            notifyAll();
            return 0;
        }
        int count = (int) Math.min(LARGEST_BATCH, Math.max(batch, missing));
        batch = Math.min(LARGEST_BATCH, 2 * batch);
        lastPair += count;
        return count;
    }

    private void issueUnlessClosed(long first, int count) throws IOException {
        synchronized (this) {
            if (!closed) {
                issue(first, count);
                return;
            }
        }
        // Whoever closed waits for us, but not for ever.
        files.delete();
    }

    private void issue(long first, int count) throws IOException {
        for (long pair = first; pair < first + count; pair++) {
            pairs.put(pair, new Pair(pair, FifoWriter.open(files.pathToClient(pair))));
            writeTicket(pair);
        }
    }

    private synchronized void refuse() {
        making = false;
        notifyAll();
        try {
            if (!closed) {
                refuseWaiting();
            }
        } catch (IOException e) {
            // They will have to wait for their timeouts: the host cannot even tell them.
        }
    }

    private void refuseWaiting() throws IOException {
        while (announced > issued && unreadTickets() < MOST_TICKETS) {
            writeTicket(REFUSAL);
        }
    }

    private void writeTicket(long ticket) throws IOException {
        tickets.write(ByteBuffer.allocate(TICKET_BYTES).putLong(ticket).array(), 0, TICKET_BYTES);
        untaken.add(ticket);
        issued++;
    }

    private static List<String> names(long first, int count) {
        List<String> names = new ArrayList<>();
        for (long pair = first; pair < first + count; pair++) {
            names.add(ListenerFiles.toHost(pair));
            names.add(ListenerFiles.toClient(pair));
        }
        return names;
    }

    /** Ends what has not been claimed: clients on their way meet end of file. Waits a moment for a {@code mkfifo} that runs. */
    @Override
    public synchronized void close() throws IOException {
        closed = true;
        tickets.close();
        for (Pair pair : pairs.values()) {
            pair.toClient.close();
        }
        pairs.clear();
        awaitMaker();
    }

    private void awaitMaker() {
        long deadline = System.nanoTime() + CLOSE_LIMIT_MILLIS * 1_000_000;
        boolean interrupted = false;
        while (making && System.nanoTime() < deadline) {
            try {
                wait(100);
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static final class Pair {
        final long number;
        final FifoWriter toClient;
        boolean taken;
        long takenAtNanos;

        Pair(long number, FifoWriter toClient) {
            this.number = number;
            this.toClient = toClient;
        }
    }
}
