package com.example.transport.unix;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/** Eight bytes by which each side says that it is one of us: the client when it has connected, the host when it has accepted. */
final class Greeting {
    private static final long MAGIC = 0x50524f43_554e4958L;

    private Greeting() {}

    static void send(SocketChannel channel) throws IOException {
        channel.write(ByteBuffer.allocate(Long.BYTES).putLong(0, MAGIC));
    }

    static void receive(SocketChannel channel) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(Long.BYTES);
        while (bytes.hasRemaining()) {
            if (channel.read(bytes) < 0) {
                throw new EOFException("the other side refused or ended");
            }
        }
        if (bytes.getLong(0) != MAGIC) {
            throw new IOException("the other side speaks another language");
        }
    }
}
