package io.procession.transport.pipe;

import io.procession.transport.LinkHandler;
import io.procession.transport.TransportAddress;
import io.procession.transport.TransportSite;
import io.procession.transport.gather.SendMemory;
import java.io.Closeable;
import java.io.EOFException;
import java.io.FileInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * One try to connect. All that may block happens on the thread that will be the link's reader, so that the caller can be interrupted and
 * can give up: closing what the thread has opened ends whatever it waits for.
 */
final class ConnectAttempt implements Runnable {
    private static final long GIVE_UP_LIMIT_MILLIS = 5_000;
    private static final long RESCUE_NANOS = Duration.ofMillis(30).toNanos();

    private final TransportAddress address;
    private final ListenerFiles files;
    private final LinkHandler handler;
    private final String writerName;
    private final RoomProbe probe = new RoomProbe();
    private final CompletableFuture<PipeLink> outcome = new CompletableFuture<>();
    private final List<Closeable> opened = new ArrayList<>();
    private boolean givenUp;

    private ConnectAttempt(TransportAddress address, TransportSite site, LinkHandler handler) throws IOException {
        this.address = address;
        this.files = ListenerFiles.of(address);
        this.handler = handler;
        this.writerName = PipeThreads.name(site.name(), "writer");
    }

    static PipeLink connect(TransportAddress address, TransportSite site, LinkHandler handler, Duration timeout)
            throws IOException, InterruptedException, TimeoutException {
        if (Thread.interrupted()) {
            throw new InterruptedException("interrupted before connecting to " + address);
        }
        ConnectAttempt attempt = new ConnectAttempt(address, site, handler);
        Thread thread = PipeThreads.start(PipeThreads.name(site.name(), "reader"), attempt);
        try {
            return attempt.await(TimeUnit.NANOSECONDS.convert(timeout));
        } catch (TimeoutException e) {
            if (!attempt.giveUp(thread)) {
                return attempt.result();
            }
            throw new TimeoutException(
                    "the listener at " + address + " did not answer within " + timeout.toMillis() + " ms");
        } catch (InterruptedException e) {
            if (!attempt.giveUp(thread)) {
                Thread.currentThread().interrupt();
                return attempt.result();
            }
            throw e;
        } catch (ExecutionException e) {
            return attempt.result();
        }
    }

    private PipeLink await(long timeoutNanos) throws ExecutionException, InterruptedException, TimeoutException {
        long started = System.nanoTime();
        while (true) {
            long left = timeoutNanos - (System.nanoTime() - started);
            try {
                return outcome.get(Math.min(left, RESCUE_NANOS), TimeUnit.NANOSECONDS);
            } catch (TimeoutException e) {
                if (left <= RESCUE_NANOS) {
                    throw e;
                }
                rescue();
            }
        }
    }

    private void rescue() {
        try {
            probe.rescue();
        } catch (IOException e) {
            // The FIFO was closed: the attempt has failed, and the outcome will say so.
        }
    }

    /** The outcome of an attempt that has one. */
    private PipeLink result() throws IOException {
        try {
            return outcome.join();
        } catch (RuntimeException e) {
            throw new IOException("cannot connect to " + address + ": " + explain(e.getCause()), e.getCause());
        }
    }

    private static String explain(@Nullable Throwable cause) {
        if (cause instanceof NoSuchFileException || cause instanceof FileNotFoundException) {
            return "nobody listens there (any more)";
        }
        if (cause instanceof EOFException) {
            return "the process that listened there has ended, or refused";
        }
        return String.valueOf(cause);
    }

    /** Ends an attempt without an outcome and leaves nothing open; false if there is an outcome by now. */
    private boolean giveUp(Thread thread) {
        if (!outcome.cancel(false)) {
            return false;
        }
        synchronized (this) {
            givenUp = true;
            // The probe reads from a descriptor in ways that do not notice if it becomes another file's.
            synchronized (probe) {
                closeAll();
            }
        }
        boolean interrupted = Thread.interrupted();
        try {
            thread.join(GIVE_UP_LIMIT_MILLIS);
        } catch (InterruptedException e) {
            interrupted = true;
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return true;
    }

    @Override
    public void run() {
        PipeLink link;
        try {
            link = handshake();
        } catch (Throwable t) {
            synchronized (this) {
                closeAll();
            }
            outcome.completeExceptionally(t);
            return;
        }
        if (outcome.complete(link)) {
            link.startClient();
            link.read();
        } else {
            link.discard();
        }
    }

    private PipeLink handshake() throws IOException {
        FileChannel rendezvous = opened(Fifo.openBoth(files.rendezvous()));
        FileInputStream tickets = opened(Fifo.openReader(files.tickets()));
        rendezvous.write(Claim.ANNOUNCEMENT.encode());
        long pair = takeTicket(tickets.getChannel());
        tickets.close();
        FifoWriter out = opened(FifoWriter.open(files.pathToHost(pair)));
        FileInputStream in = opened(Fifo.openReader(files.pathToClient(pair)));
        PipeLink link = new PipeLink(in, out, probe.windowBytes(out), writerName);
        FifoWriter hostsOut = opened(FifoWriter.open(files.pathToClient(pair)));
        Claim claim = new Claim(pair, probe.windowBytes(hostsOut));
        hostsOut.close();
        SendMemory memory = SendMemory.createIfPossible(files.sendMemory(pair));
        if (memory != null) {
            link.keepIn(memory);
        }
        rendezvous.write(claim.encode()); // from here on the host may look for all that was made
        rendezvous.close();
        link.handledBy(handler);
        link.awaitAcceptance();
        return link;
    }

    private static long takeTicket(FileChannel tickets) throws IOException {
        ByteBuffer ticket = ByteBuffer.allocateDirect(PairStock.TICKET_BYTES);
        while (ticket.hasRemaining()) {
            if (tickets.read(ticket) < 0) {
                throw new EOFException("no more tickets");
            }
        }
        long pair = ticket.getLong(0);
        if (pair == PairStock.REFUSAL) {
            throw new IOException("the process that listens there could not make FIFOs");
        }
        return pair;
    }

    private synchronized <T extends Closeable> T opened(T descriptor) throws IOException {
        if (givenUp) {
            descriptor.close();
            throw new IOException("given up");
        }
        opened.add(descriptor);
        return descriptor;
    }

    private void closeAll() {
        for (Closeable descriptor : opened) {
            try {
                descriptor.close();
            } catch (IOException e) {
                // It is gone all the same.
            }
        }
    }
}
