package io.procession.transport.shm;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/**
 * The Unix-domain socket between the two sides of a link. A byte means "look at everything"; end of file means that the other process will never touch
 * the memory again, because it closed its side or because the kernel did when its last thread was gone.
 *
 * <p>The channel is not blocking. That matters twice: a bell that nobody has heard for long takes no more bytes, which is as good as another byte; and the JDK ties
 * interrupts to blocking calls only, so that an interrupted caller does not close the channel by ringing.
 */
final class Doorbell {
    private static final ByteBuffer BYTE = ByteBuffer.allocateDirect(1);

    private final SocketChannel channel;
    private final ByteBuffer heard = ByteBuffer.allocateDirect(64);

    Doorbell(SocketChannel channel) {
        this.channel = channel;
    }

    /** For any thread. */
    void ring() {
        try {
            channel.write(BYTE.duplicate());
        } catch (IOException e) {
            // The other side has gone: the loop hears that by itself.
        }
    }

    /** For the loop: takes all bytes that wait; false if the other side has gone. */
    boolean listen() {
        try {
            int read;
            do {
                read = channel.read(heard.clear());
            } while (read == heard.capacity());
            return read >= 0;
        } catch (IOException e) {
            return false; // a reset: it has gone without having heard us
        }
    }

    void close() {
        try {
            channel.close();
        } catch (IOException e) {
            // It is gone all the same.
        }
    }
}
