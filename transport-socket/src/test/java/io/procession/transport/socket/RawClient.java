package io.procession.transport.socket;

import io.procession.transport.TransportAddress;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;

/** A client that says what it likes. */
final class RawClient implements Closeable {
    private final PassFolder folder;
    private final SocketChannel channel;

    RawClient(TransportAddress address, Path directory) throws IOException {
        Endpoint endpoint = Endpoint.parse(address);
        this.folder = new PassFolder(directory.resolve(endpoint.folder()));
        this.channel = SocketChannel.open(endpoint.socketAddress());
    }

    SocketChannel channel() {
        return channel;
    }

    PassFolder folder() {
        return folder;
    }

    /** Does what an honest client does, and waits for the answer. */
    void shakeHands() throws IOException {
        Pass pass = Pass.random();
        folder.leave(pass);
        say(Handshake.hello(pass));
        ByteBuffer answer = ByteBuffer.allocate(Handshake.ANSWER_BYTES);
        while (answer.hasRemaining() && channel.read(answer) >= 0) {
            // until it is whole
        }
    }

    void say(ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    /** Waits until the other side hangs up; fails if it says anything. */
    void awaitRefusal() throws IOException {
        int read;
        try {
            read = channel.read(ByteBuffer.allocate(1));
        } catch (IOException reset) {
            return;
        }
        if (read >= 0) {
            throw new AssertionError("a stranger got an answer");
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
