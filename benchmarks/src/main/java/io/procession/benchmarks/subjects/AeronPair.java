package io.procession.benchmarks.subjects;

import io.aeron.Aeron;
import io.aeron.Publication;
import io.aeron.Subscription;
import io.aeron.driver.MediaDriver;
import io.aeron.driver.ThreadingMode;
import io.procession.benchmarks.harness.ScratchDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.IdleStrategy;
import org.jspecify.annotations.Nullable;

/**
 * One side of two Aeron IPC streams between two JVMs. The host has the media driver in it, on a thread that backs off: messages through shared memory do not go through
 * it.
 */
final class AeronPair implements AutoCloseable {
    private static final Path MEMORY = Path.of("/dev/shm");

    static final String CHANNEL = "aeron:ipc?term-length=4m";
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

    /** Where the streams lie: in memory, where there is such a place, as Aeron itself does it. */
    static ScratchDirectory directory() throws IOException {
        return Files.isWritable(MEMORY) ? ScratchDirectory.createIn(MEMORY, "aeron") : ScratchDirectory.create("aeron");
    }

    static MediaDriver driver(String directory) {
        return MediaDriver.launchEmbedded(new MediaDriver.Context()
                .aeronDirectoryName(directory)
                .threadingMode(ThreadingMode.SHARED)
                .dirDeleteOnStart(true)
                .dirDeleteOnShutdown(true));
    }

    static AeronPair host(String directory) {
        return new AeronPair(directory, driver(directory), TO_CHILD, TO_HOST);
    }

    static AeronPair child(String directory) {
        return new AeronPair(directory, null, TO_HOST, TO_CHILD);
    }

    /** Puts a message into the stream, waiting for its reader and for room. */
    void send(DirectBuffer message, int bytes, IdleStrategy idle) {
        send(out, message, bytes, idle);
    }

    static void send(Publication out, DirectBuffer message, int bytes, IdleStrategy idle) {
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
