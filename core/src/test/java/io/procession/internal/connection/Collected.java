package io.procession.internal.connection;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Keeps what arrives, for a test to look at. */
final class Collected implements MessageHandler {
    record Message(Connection connection, Kind kind, long id, ByteBuffer payload) {}

    record End(Connection connection, @Nullable Throwable cause, int messagesBefore) {}

    final BlockingQueue<Message> messages = new LinkedBlockingQueue<>();
    final List<Message> all = new CopyOnWriteArrayList<>();
    final BlockingQueue<End> ends = new LinkedBlockingQueue<>();

    @Override
    public void onMessage(Connection connection, Kind kind, long id, ByteBuffer payload) {
        Message message = new Message(connection, kind, id, payload);
        all.add(message);
        messages.add(message);
    }

    @Override
    public void onClosed(Connection connection, @Nullable Throwable cause) {
        ends.add(new End(connection, cause, all.size()));
    }

    Message next() throws InterruptedException {
        Message message = messages.poll(20, TimeUnit.SECONDS);
        if (message == null) {
            throw new AssertionError("no message arrived");
        }
        return message;
    }

    End end() throws InterruptedException {
        End end = ends.poll(20, TimeUnit.SECONDS);
        if (end == null) {
            throw new AssertionError("no connection ended");
        }
        return end;
    }
}
