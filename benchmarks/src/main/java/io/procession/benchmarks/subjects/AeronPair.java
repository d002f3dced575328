package io.procession.benchmarks.subjects;

import io.aeron.Aeron;
import io.aeron.Publication;
import io.aeron.Subscription;
import io.aeron.driver.MediaDriver;
import io.aeron.driver.ThreadingMode;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.IdleStrategy;
import org.jspecify.annotations.Nullable;

/**
 * One side of two Aeron IPC streams between two JVMs. The host has the media driver in it, on a thread that backs off: messages through shared memory do not go through
 * it.
 */
final class AeronPair implements AutoCloseable {
    private static final String CHANNEL = "aeron:ipc?term-length=4m";
    private static final int TO_HOST = 10;
    private static final int TO_CHILD = 11;

    final Publication out;
    final Subscription in;
    private final Aeron aeron;
    private final @Nullable MediaDriver driver;

    private AeronPair(String directory, @Nullable MediaDriver driver, int outStream, int inStream) {
        this.driver = driver;
        this.aeron = Aeron.connect(new Aeron.Context().aeronDirectoryName(directory));
        this.out = aeron.addPublication(CHANNEL, outStream);
        this.in = aeron.addSubscription(CHANNEL, inStream);
    }

    static AeronPair host(String directory) {
        MediaDriver driver = MediaDriver.launchEmbedded(new MediaDriver.Context()
                .aeronDirectoryName(directory)
                .threadingMode(ThreadingMode.SHARED)
                .dirDeleteOnStart(true)
                .dirDeleteOnShutdown(true));
        return new AeronPair(directory, driver, TO_CHILD, TO_HOST);
    }

    static AeronPair child(String directory) {
        return new AeronPair(directory, null, TO_HOST, TO_CHILD);
    }

    /** Puts a message into the stream, waiting for its reader and for room. */
    void send(DirectBuffer message, int bytes, IdleStrategy idle) {
        while (true) {
            long position = out.offer(message, 0, bytes);
            if (position >= 0) {
                break;
            }
            if (position == Publication.CLOSED || position == Publication.MAX_POSITION_EXCEEDED) {
                throw new IllegalStateException("the stream has ended: " + Publication.errorString(position));
            }
            idle.idle();
        }
        idle.reset();
    }

    @Override
    public void close() {
        aeron.close();
        if (driver != null) {
            driver.close();
        }
    }
}
