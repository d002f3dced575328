package io.procession.internal.connection;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The receipt for a message given to a {@link Connection}. Safe for all threads.
 *
 * <p>Until it is written the message's memory must not change, unless {@link #withdraw()} returned true. The last bytes of a message are copied and handed to
 * the link only after all before them are in the kernel, so whoever cannot withdraw any more owns his memory again as well.
 */
public final class Sent {
    private final Outbox outbox;
    private final OutgoingMessage message;
    private final CountDownLatch done = new CountDownLatch(1);
    private volatile @Nullable IOException failure;

    Sent(Outbox outbox, OutgoingMessage message) {
        this.outbox = outbox;
        this.message = message;
    }

    /**
     * Waits until the message is in the kernel (or in shared memory), so that it survives the {@code kill -9} of this process.
     *
     * @throws IOException if the connection ended before; the message may not arrive
     * @throws InterruptedException if the thread was interrupted; the message is still on its way
     */
    public void await() throws IOException, InterruptedException {
        done.await();
        check();
    }

    /**
     * Like {@link #await()}, for a bounded time.
     *
     * @param timeout zero or less does not wait
     * @return false if it was too short; the message is still on its way
     * @throws IOException if the connection ended before; the message may not arrive
     * @throws InterruptedException if the thread was interrupted; the message is still on its way
     */
    public boolean await(Duration timeout) throws IOException, InterruptedException {
        if (!done.await(TimeUnit.NANOSECONDS.convert(timeout), TimeUnit.NANOSECONDS)) {
            return false;
        }
        check();
        return true;
    }

    /**
     * Takes the message back, if it was not handed over to its last byte.
     *
     * @return true if the peer will never see it; false if it is written or about to be
     */
    public boolean withdraw() {
        return outbox.withdraw(message);
    }

    /**
     * Whether the message is in the kernel.
     *
     * @return false before that, and for ever if the connection ended first
     */
    public boolean isWritten() {
        return done.getCount() == 0 && failure == null;
    }

    void written() {
        done.countDown();
    }

    void failed(IOException cause) {
        failure = cause;
        done.countDown();
    }

    private void check() throws IOException {
        IOException cause = failure;
        if (cause != null) {
            throw new IOException(cause.getMessage(), cause);
        }
    }
}
