package io.procession.transport.socket;

import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;

/**
 * One connection until it has proved who it is: it may say {@value Handshake#HELLO_BYTES} bytes, within a bounded time. For the thread of the door.
 */
final class Reception {
    private final Doorway doorway;
    private final SocketChannel connection;
    private final SelectionKey key;
    private final FrameReader reader = new FrameReader();
    private final long lateAt;
    private boolean over;

    Reception(Doorway doorway, SocketChannel connection, SelectionKey key) {
        this.doorway = doorway;
        this.connection = connection;
        this.key = key;
        this.lateAt = System.nanoTime() + doorway.limits().handshake().toNanos();
    }

    /** How long it may still take, seen from a moment of {@link System#nanoTime}. */
    long nanosLeft(long now) {
        return lateAt - now;
    }

    /** There is something to hear. */
    void hear() {
        if (over) {
            return;
        }
        try {
            int read = connection.read(reader.roomForHandshake());
            if (read < 0) {
                refuse("it hung up before it had said who it is");
                return;
            }
            reader.added(read);
            judge();
        } catch (IOException | RuntimeException | Error e) {
            refuse("it failed: " + e);
        }
    }

    private void judge() {
        Handshake.Verdict verdict = Handshake.judge(reader.unread(), doorway.folder());
        Pass pass = verdict.pass();
        if (pass != null) {
            reader.skip(Handshake.HELLO_BYTES);
            leave();
            doorway.admit(connection, reader, pass);
        } else if (verdict.objection() != null) {
            refuse(verdict.objection());
        }
    }

    /** Ends the connection and tells why, unless it is ended or admitted already. */
    void refuse(String reason) {
        if (!over) {
            leave();
            doorway.refused(connection, reason);
            Doorway.hangUp(connection);
        }
    }

    /** Ends the connection without a word, because of nothing it did. */
    void dismiss() {
        leave();
        Doorway.hangUp(connection);
    }

    private void leave() {
        over = true;
        key.cancel();
        doorway.left(this);
    }
}
